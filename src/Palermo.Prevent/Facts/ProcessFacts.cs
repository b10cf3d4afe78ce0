using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Palermo.Identify;
using Palermo.Knowledge;
using Palermo.Knowledge.Rules;
using Palermo.Procurement;

namespace Palermo.Prevent.Facts;

/// <summary>Takes facts from what is published of a contracting process, and from its screening. What neither says stays unknown.</summary>
public sealed class ProcessFacts
{
    // A request for bids, an approach to market, an edital: each regime has its own word for the day the procedure became public.
    private static readonly string[] s_openingNames = ["procedure.date", "notice.dispatchDate", "solicitation.issueDate", "procurement.commencedOn", "procedure.startDate", "atm.releaseDate", "edital.publicationDate", "rfb.issueDate"];
    private const int LongestName = 64;
    private const int MostCodes = 20_000; // CPV has 9,454; slips are more
    private const decimal Greatest = 1_000_000_000_000_000_000; // beyond it, an amount is a slip
    private static readonly FactValue s_true = FactValue.Of(true), s_false = FactValue.Of(false), s_none = FactValue.Of(Array.Empty<string>());
    private readonly Catalogue _catalogue;
    private readonly Dictionary<string, ulong> _tagsOfGood;
    private readonly (ulong Tag, string Stem)[][] _tagCodes; // by CPV division
    private readonly string[] _social;
    private readonly Dictionary<(string Scheme, string Id, string Country), (string Level, string[] Codes)> _buyers = [];
    private readonly byte[][] _buyerSchemes;
    private readonly Dictionary<string, FactValue> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _countries = new(StringComparer.Ordinal);
    private readonly int[] _openings;
    private readonly int _buyerCodes, _buyerCountry, _buyerLevel, _contractAwardDate, _contractDeliversProducts, _contractSignatureDate, _itemsCpv, _itemsTags, _performanceCountries, _performanceOutsideCH, _procurementCategory, _procurementFrameworkOrDynamicMarket, _procurementInstrument, _procurementPublicWorks, _riskHumanRights, _riskLevel, _tenderClosingDate, _tenderValue;
    private readonly Dictionary<ulong, CodeMeaning> _meanings = [];
    private readonly LocalDays _days = new();
    private readonly byte[] _lastName = new byte[LongestName];
    private int _lastLength;
    private string _lastCountry = "";
    private bool _withPlaces;
    private readonly Dictionary<ulong, FactValue> _tagSets = [];
    private readonly string[] _tagNames;
    private ulong _tags; // a bit for each group

    /// <summary>Prepares a reader. One for each thread.</summary>
    public ProcessFacts(Catalogue catalogue, FactList facts)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(facts);
        _openings = [.. s_openingNames.Select(facts.IndexOf)];
        _buyerCodes = facts.IndexOf("buyer.codes");
        _buyerCountry = facts.IndexOf("buyer.country");
        _buyerLevel = facts.IndexOf("buyer.level");
        _contractAwardDate = facts.IndexOf("contract.awardDate");
        _contractDeliversProducts = facts.IndexOf("contract.deliversProducts");
        _contractSignatureDate = facts.IndexOf("contract.signatureDate");
        _itemsCpv = facts.IndexOf("items.cpv");
        _itemsTags = facts.IndexOf("items.tags");
        _performanceCountries = facts.IndexOf("performance.countries");
        _performanceOutsideCH = facts.IndexOf("performance.outsideCH");
        _procurementCategory = facts.IndexOf("procurement.category");
        _procurementFrameworkOrDynamicMarket = facts.IndexOf("procurement.frameworkOrDynamicMarket");
        _procurementInstrument = facts.IndexOf("procurement.instrument");
        _procurementPublicWorks = facts.IndexOf("procurement.publicWorks");
        _riskHumanRights = facts.IndexOf("risk.humanRights");
        _riskLevel = facts.IndexOf("risk.level");
        _tenderClosingDate = facts.IndexOf("tender.closingDate");
        _tenderValue = facts.IndexOf("tender.value");
        _catalogue = catalogue;
        DataTable Table(string name) => catalogue.Tables.First(t => t.Name == name);
        var tags = Table("tender-facts/tags");
        var codes = Table("tender-facts/tag-codes");
        _tagNames = [.. Enumerable.Range(0, tags.Count).Select(r => tags[r, "tag"]).Concat(Enumerable.Range(0, codes.Count).Select(r => codes[r, "tag"])).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (_tagNames.Length > 64)
        {
            throw new InvalidOperationException("More risk groups than bits.");
        }

        ulong Bit(string tag) => 1UL << Array.IndexOf(_tagNames, tag);
        _tagsOfGood = Enumerable.Range(0, tags.Count).GroupBy(r => tags[r, "good"]).ToDictionary(g => g.Key, g => g.Aggregate(0UL, (sum, r) => sum | Bit(tags[r, "tag"])), StringComparer.Ordinal);
        var stems = Enumerable.Range(0, codes.Count).Select(r => (Tag: Bit(codes[r, "tag"]), Stem: Stem(codes[r, "cpv"]))).ToLookup(c => c.Stem[..2], StringComparer.Ordinal);
        _tagCodes = [.. Enumerable.Range(0, 100).Select(d => stems[d.ToString("00", CultureInfo.InvariantCulture)].ToArray())];
        var social = Table("tender-facts/social-services");
        _social = [.. Enumerable.Range(0, social.Count).Select(r => Stem(social[r, "cpv"]))];
        var buyers = Table("tender-facts/buyers");
        for (var row = 0; row < buyers.Count; row++)
        {
            _buyers[(buyers[row, "scheme"], buyers[row, "id"], buyers[row, "country"])] = (buyers[row, "level"], [.. buyers.List(row, "codes", ';')]);
        }

        _buyerSchemes = [.. _buyers.Keys.Select(k => k.Scheme).Distinct(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>Reads facts.</summary>
    /// <param name="process">The process.</param>
    /// <param name="assessment">Its screening; null if it was not screened.</param>
    /// <param name="take">Takes each fact: its place in the vocabulary, its value, and where it was found.</param>
    /// <param name="withPlaces">False to leave the places blank, which is faster.</param>
    public void Read(ContractingProcess process, Assessment? assessment, Action<int, FactValue, string> take, bool withPlaces = true)
    {
        _withPlaces = withPlaces;
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(take);
        var country = ReadBuyer(process, take);
        ReadDays(process, country, take);
        var category = ReadWhat(process, take);
        if (Value(process) is { } value)
        {
            take(_tenderValue, FactValue.Of(value.Money.Amount, value.Money.Currency), value.Path);
        }

        if (process.Safeguards.HasFramework is { } framework)
        {
            take(_procurementInstrument, Code(framework ? "framework" : "contract"), "$.tender.techniques.hasFrameworkAgreement");
            if (framework)
            {
                take(_procurementFrameworkOrDynamicMarket, s_true, "$.tender.techniques.hasFrameworkAgreement");
            }
        }

        if (assessment is not null)
        {
            ReadRisk(process, assessment, take);
        }

        // Where work is done is read by the Swiss regime alone: in a run, other buyers' places are left unread.
        if ((category is "services" or "works" or "social-services") && (_withPlaces || country == "CH"))
        {
            ReadPlaces(process, take);
        }
    }

    private string ReadBuyer(ContractingProcess process, Action<int, FactValue, string> take)
    {
        Party? buyer = null;
        foreach (var party in CollectionsMarshal.AsSpan(process.Parties))
        {
            if ((party.Roles & PartyRoles.Buyer) != 0 && (buyer is null || (party.Id.Is(process.BuyerId.Span) && !process.BuyerId.IsEmpty)))
            {
                buyer = party;
            }
        }

        if (buyer is null)
        {
            return "";
        }

        var country = Country(buyer.Country);
        if (country.Length > 0)
        {
            take(_buyerCountry, Code(country), _withPlaces ? $"{buyer.Path}.{buyer.CountryField}" : "");
        }

        foreach (var (scheme, id) in CollectionsMarshal.AsSpan(buyer.Kinds))
        {
            if (!IsBuyerScheme(scheme))
            {
                continue;
            }

            var key = (scheme.ToString(), id.ToString(), country);
            if (!_buyers.TryGetValue(key, out var kind) && !_buyers.TryGetValue((key.Item1, key.Item2, ""), out kind))
            {
                continue;
            }

            if (kind.Level.Length > 0)
            {
                take(_buyerLevel, Code(kind.Level), _withPlaces ? $"{buyer.Path}.details.classifications" : "");
            }

            if (kind.Codes.Length > 0)
            {
                take(_buyerCodes, FactValue.Of(kind.Codes), _withPlaces ? $"{buyer.Path}.details.classifications" : "");
            }
        }

        return country;
    }

    private bool IsBuyerScheme(Utf8Text scheme)
    {
        foreach (var known in _buyerSchemes)
        {
            if (scheme.Is(known))
            {
                return true;
            }
        }

        return false;
    }

    private void ReadDays(ContractingProcess process, string country, Action<int, FactValue, string> take)
    {
        var tender = process.Tender;
        var (opened, path) = !tender.DatePublished.IsEmpty ? (tender.DatePublished, "$.tender.datePublished")
            : !tender.TenderPeriod.Start.IsEmpty ? (tender.TenderPeriod.Start, "$.tender.tenderPeriod.startDate")
            : process.Awards.Count == 0 && process.Contracts.Count == 0 ? (process.Date, "$.date")
            : default;
        if (!opened.IsEmpty && _days.Of(opened, country) is { } value)
        {
            foreach (var place in _openings)
            {
                take(place, value, path);
            }
        }

        TakeDay(tender.TenderPeriod.End, _tenderClosingDate, "$.tender.tenderPeriod.endDate", country, take);
        TakeDay(process.Awards.Count > 0 ? process.Awards[0].Date : default, _contractAwardDate, "$.awards[*].date", country, take);
        TakeDay(process.Contracts.Count > 0 ? process.Contracts[0].DateSigned : default, _contractSignatureDate, "$.contracts[*].dateSigned", country, take);
    }

    private void TakeDay(Utf8Text text, int fact, string path, string country, Action<int, FactValue, string> take)
    {
        if (!text.IsEmpty && _days.Of(text, country) is { } day)
        {
            take(fact, day, path);
        }
    }

    private string ReadWhat(ContractingProcess process, Action<int, FactValue, string> take)
    {
        _tags = 0;
        FactValue? main = null;
        var isSocial = false;
        foreach (var item in CollectionsMarshal.AsSpan(process.Items))
        {
            foreach (var classification in CollectionsMarshal.AsSpan(item.Classifications))
            {
                if (!classification.Scheme.Is("CPV"u8) || classification.Id.Span.Length < 8)
                {
                    continue;
                }

                var meaning = MeaningOf(classification.Id.Span[..8]);
                if (main is null)
                {
                    (main, isSocial) = (meaning.Fact, meaning.IsSocial);
                }

                _tags |= meaning.Tags;
            }
        }

        if (main is not null)
        {
            take(_itemsCpv, main, "$.tender.items[*].classification");
        }

        var published = process.Tender.MainProcurementCategory;
        var category = published.Is("goods"u8) ? "goods" : published.Is("services"u8) ? "services" : published.Is("works"u8) ? "works" : "";
        if (category == "services" && isSocial)
        {
            take(_procurementCategory, Code("social-services"), "$.tender.items[*].classification");
            category = "social-services";
        }
        else if (category is "goods" or "services" or "works")
        {
            take(_procurementCategory, Code(category), "$.tender.mainProcurementCategory");
        }

        if (category.Length > 0)
        {
            take(_procurementPublicWorks, category == "works" ? s_true : s_false, "$.tender.mainProcurementCategory");
            if (category == "goods")
            {
                take(_contractDeliversProducts, s_true, "$.tender.mainProcurementCategory");
            }
        }

        return category;
    }

    private void ReadRisk(ContractingProcess process, Assessment assessment, Action<int, FactValue, string> take)
    {
        const string Path = "palermo screen";
        // "Nothing found" is not "no risk": only a level that was found is a fact.
        if (assessment.Salience >= Level.Low)
        {
            take(_riskLevel, Code(assessment.Salience switch { Level.Low => "low", Level.Medium => "medium", _ => "high" }), Path);
        }

        if (assessment.Salience >= Level.Medium)
        {
            take(_riskHumanRights, s_true, Path);
        }

        if (assessment.Findings is List<Finding> findings)
        {
            foreach (var finding in CollectionsMarshal.AsSpan(findings)) // as the screener hands them out
            {
                AddTags(finding);
            }
        }
        else
        {
            foreach (var finding in assessment.Findings)
            {
                AddTags(finding);
            }
        }

        if (_tags != 0)
        {
            take(_itemsTags, Tags(), Path);
        }
        else if (process.Items.Count > 0 && assessment.Salience is not (Level.Unknown or Level.Hint) && !IsOpen(assessment.Unknowns))
        {
            take(_itemsTags, s_none, Path);
        }
    }

    private void AddTags(Finding finding)
    {
        if (finding.Indicator is "listed-good" or "downstream-good")
        {
            _tags |= _tagsOfGood.GetValueOrDefault(finding.Subject);
        }
    }

    private static bool IsOpen(IReadOnlyList<Unknown> unknowns)
    {
        if (unknowns is List<Unknown> list) // as the screener hands them out
        {
            foreach (var unknown in CollectionsMarshal.AsSpan(list))
            {
                if (unknown.Indicator == "listed-good")
                {
                    return true;
                }
            }

            return false;
        }

        return unknowns.Any(u => u.Indicator == "listed-good");
    }

    private void ReadPlaces(ContractingProcess process, Action<int, FactValue, string> take)
    {
        List<string>? countries = null;
        foreach (var item in CollectionsMarshal.AsSpan(process.Items))
        {
            if (Country(item.DeliveryCountry) is { Length: > 0 } country && !(countries ??= []).Contains(country))
            {
                countries.Add(country);
            }
        }

        if (countries is not null)
        {
            take(_performanceCountries, FactValue.Of(countries), "$.tender.items[*].deliveryAddresses");
            take(_performanceOutsideCH, countries.Exists(c => c != "CH") ? s_true : s_false, "$.tender.items[*].deliveryAddresses");
        }
    }

    private static (Money Money, string Path)? Value(ContractingProcess process)
    {
        if (process.Tender.Value is { Amount: > 0 and <= Greatest } value && IsCurrency(value.Currency))
        {
            return (value, "$.tender.value");
        }

        decimal sum = 0;
        var currency = "";
        foreach (var lot in CollectionsMarshal.AsSpan(process.Lots))
        {
            if (lot.Value is not { Amount: > 0 and <= Greatest } amount || !IsCurrency(amount.Currency) || (currency.Length > 0 && currency != amount.Currency))
            {
                return null;
            }

            sum += amount.Amount;
            currency = amount.Currency;
        }

        return currency.Length > 0 ? (new Money(sum, currency), "$.tender.lots[*].value") : null;
    }

    private static bool IsCurrency(string currency) => currency is [>= 'A' and <= 'Z', >= 'A' and <= 'Z', >= 'A' and <= 'Z'];

    private string Country(Utf8Text text)
    {
        if (text.IsEmpty)
        {
            return "";
        }

        // Names of countries are few: each is looked up once, found again without a string of its own, and often that of the process before.
        if (text.Span.SequenceEqual(_lastName.AsSpan(0, _lastLength)))
        {
            return _lastCountry;
        }

        Span<char> name = stackalloc char[LongestName];
        if (text.Span.Length > LongestName || !Encoding.UTF8.TryGetChars(text.Span, name, out var length))
        {
            return _catalogue.FindCountry(text.ToString())?.Id ?? "";
        }

        var known = _countries.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!known.TryGetValue(name[..length], out var code))
        {
            code = _catalogue.FindCountry(text.ToString())?.Id ?? "";
            known[name[..length]] = code;
        }

        text.Span.CopyTo(_lastName);
        (_lastLength, _lastCountry) = (text.Span.Length, code);
        return code;
    }

    private FactValue Code(string code)
    {
        if (!_codes.TryGetValue(code, out var value))
        {
            _codes.Add(code, value = FactValue.Of(code));
        }

        return value;
    }

    private FactValue Tags()
    {
        if (!_tagSets.TryGetValue(_tags, out var value))
        {
            _tagSets.Add(_tags, value = FactValue.Of(_tagNames.Where((_, i) => (_tags >> i & 1) == 1)));
        }

        return value;
    }

    // Codes are few: what one stands for is looked up once.
    private CodeMeaning MeaningOf(ReadOnlySpan<byte> code)
    {
        var key = BinaryPrimitives.ReadUInt64LittleEndian(code);
        if (!_meanings.TryGetValue(key, out var meaning))
        {
            var tags = 0UL;
            foreach (var (tag, stem) in _tagCodes[((code[0] - '0') * 10) + code[1] - '0' is >= 0 and < 100 and var division ? division : 99])
            {
                tags |= StartsWith(code, stem) ? tag : 0;
            }

            var text = Encoding.ASCII.GetString(code);
            meaning = new CodeMeaning(FactValue.Of([text]), tags, Array.Exists(_social, stem => text.StartsWith(stem, StringComparison.Ordinal)));
            if (_meanings.Count < MostCodes)
            {
                _meanings.Add(key, meaning);
            }
        }

        return meaning;
    }

    private static string Stem(string cpv) => cpv.TrimEnd('0') is { Length: >= 2 } stem ? stem : cpv[..2];

    private static bool StartsWith(ReadOnlySpan<byte> code, string stem)
    {
        for (var i = 0; i < stem.Length; i++)
        {
            if (code[i] != stem[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What a CPV code stands for: as a fact, its risk groups, and whether it is a social service.</summary>
    private readonly record struct CodeMeaning(FactValue Fact, ulong Tags, bool IsSocial);
}
