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
    private static readonly string[] s_openings = ["procedure.date", "notice.dispatchDate", "solicitation.issueDate", "procurement.commencedOn", "procedure.startDate", "atm.releaseDate", "edital.publicationDate", "rfb.issueDate"];
    private static readonly FactValue s_true = FactValue.Of(true), s_false = FactValue.Of(false);
    private readonly Catalogue _catalogue;
    private readonly Dictionary<string, string[]> _tagsOfGood;
    private readonly (string Tag, string Stem)[] _tagCodes;
    private readonly string[] _social;
    private readonly Dictionary<(string Scheme, string Id, string Country), (string Level, string[] Codes)> _buyers = [];
    private readonly Dictionary<string, FactValue> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _countries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _tags = new(StringComparer.Ordinal);

    /// <summary>Prepares a reader. One for each thread.</summary>
    public ProcessFacts(Catalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        _catalogue = catalogue;
        DataTable Table(string name) => catalogue.Tables.First(t => t.Name == name);
        var tags = Table("tender-facts/tags");
        _tagsOfGood = Enumerable.Range(0, tags.Count).GroupBy(r => tags[r, "good"]).ToDictionary(g => g.Key, g => g.Select(r => tags[r, "tag"]).ToArray(), StringComparer.Ordinal);
        var codes = Table("tender-facts/tag-codes");
        _tagCodes = [.. Enumerable.Range(0, codes.Count).Select(r => (codes[r, "tag"], Stem(codes[r, "cpv"])))];
        var social = Table("tender-facts/social-services");
        _social = [.. Enumerable.Range(0, social.Count).Select(r => Stem(social[r, "cpv"]))];
        var buyers = Table("tender-facts/buyers");
        for (var row = 0; row < buyers.Count; row++)
        {
            _buyers[(buyers[row, "scheme"], buyers[row, "id"], buyers[row, "country"])] = (buyers[row, "level"], [.. buyers.List(row, "codes", ';')]);
        }
    }

    /// <summary>Reads facts.</summary>
    /// <param name="process">The process.</param>
    /// <param name="assessment">Its screening; null if it was not screened.</param>
    /// <param name="take">Takes each fact: name, value, and where it was found.</param>
    public void Read(ContractingProcess process, Assessment? assessment, Action<string, FactValue, string> take)
    {
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(take);
        var country = ReadBuyer(process, take);
        ReadDays(process, country, take);
        var category = ReadWhat(process, take);
        if (Value(process) is { } value)
        {
            take("tender.value", FactValue.Of(value.Money.Amount, value.Money.Currency), value.Path);
        }

        if (process.Safeguards.HasFramework is { } framework)
        {
            take("procurement.instrument", Code(framework ? "framework" : "contract"), "$.tender.techniques.hasFrameworkAgreement");
            if (framework)
            {
                take("procurement.frameworkOrDynamicMarket", s_true, "$.tender.techniques.hasFrameworkAgreement");
            }
        }

        if (assessment is not null)
        {
            ReadRisk(process, assessment, take);
        }

        if (category is "services" or "works" or "social-services")
        {
            ReadPlaces(process, take);
        }
    }

    private string ReadBuyer(ContractingProcess process, Action<string, FactValue, string> take)
    {
        Party? buyer = null;
        foreach (var party in process.Parties)
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
            take("buyer.country", Code(country), $"{buyer.Path}.{buyer.CountryField}");
        }

        foreach (var (scheme, id) in buyer.Kinds)
        {
            var key = (scheme.ToString(), id.ToString(), country);
            if (!_buyers.TryGetValue(key, out var kind) && !_buyers.TryGetValue((key.Item1, key.Item2, ""), out kind))
            {
                continue;
            }

            if (kind.Level.Length > 0)
            {
                take("buyer.level", Code(kind.Level), $"{buyer.Path}.details.classifications");
            }

            if (kind.Codes.Length > 0)
            {
                take("buyer.codes", FactValue.Of(kind.Codes), $"{buyer.Path}.details.classifications");
            }
        }

        return country;
    }

    private static void ReadDays(ContractingProcess process, string country, Action<string, FactValue, string> take)
    {
        var tender = process.Tender;
        var (opened, path) = !tender.DatePublished.IsEmpty ? (tender.DatePublished, "$.tender.datePublished")
            : !tender.TenderPeriod.Start.IsEmpty ? (tender.TenderPeriod.Start, "$.tender.tenderPeriod.startDate")
            : process.Awards.Count == 0 && process.Contracts.Count == 0 ? (process.Date, "$.date")
            : default;
        if (!opened.IsEmpty && LocalDay.Of(opened.ToString(), country) is { } day)
        {
            var value = FactValue.Of(day);
            foreach (var name in s_openings)
            {
                take(name, value, path);
            }
        }

        TakeDay(tender.TenderPeriod.End, "tender.closingDate", "$.tender.tenderPeriod.endDate", country, take);
        TakeDay(process.Awards.Select(a => a.Date).FirstOrDefault(d => !d.IsEmpty), "contract.awardDate", "$.awards[*].date", country, take);
        TakeDay(process.Contracts.Select(c => c.DateSigned).FirstOrDefault(d => !d.IsEmpty), "contract.signatureDate", "$.contracts[*].dateSigned", country, take);
    }

    private static void TakeDay(Utf8Text text, string fact, string path, string country, Action<string, FactValue, string> take)
    {
        if (!text.IsEmpty && LocalDay.Of(text.ToString(), country) is { } day)
        {
            take(fact, FactValue.Of(day), path);
        }
    }

    private string ReadWhat(ContractingProcess process, Action<string, FactValue, string> take)
    {
        _tags.Clear();
        var main = "";
        foreach (var item in process.Items)
        {
            foreach (var classification in item.Classifications)
            {
                if (!classification.Scheme.Is("CPV"u8) || classification.Id.Span.Length < 8)
                {
                    continue;
                }

                var code = classification.Id.Span[..8];
                main = main.Length == 0 ? Encoding.ASCII.GetString(code) : main;
                foreach (var (tag, stem) in _tagCodes)
                {
                    if (StartsWith(code, stem))
                    {
                        _tags.Add(tag);
                    }
                }
            }
        }

        if (main.Length > 0)
        {
            take("items.cpv", FactValue.Of([main]), "$.tender.items[*].classification");
        }

        var category = process.Tender.MainProcurementCategory.ToString();
        if (category == "services" && main.Length > 0 && Array.Exists(_social, s => main.StartsWith(s, StringComparison.Ordinal)))
        {
            take("procurement.category", Code("social-services"), "$.tender.items[*].classification");
            category = "social-services";
        }
        else if (category is "goods" or "services" or "works")
        {
            take("procurement.category", Code(category), "$.tender.mainProcurementCategory");
        }

        if (category.Length > 0)
        {
            take("procurement.publicWorks", category == "works" ? s_true : s_false, "$.tender.mainProcurementCategory");
            if (category == "goods")
            {
                take("contract.deliversProducts", s_true, "$.tender.mainProcurementCategory");
            }
        }

        return category;
    }

    private void ReadRisk(ContractingProcess process, Assessment assessment, Action<string, FactValue, string> take)
    {
        const string Path = "palermo screen";
        // "Nothing found" is not "no risk": only a level that was found is a fact.
        if (assessment.Salience >= Level.Low)
        {
            take("risk.level", Code(assessment.Salience switch { Level.Low => "low", Level.Medium => "medium", _ => "high" }), Path);
        }

        if (assessment.Salience >= Level.Medium)
        {
            take("risk.humanRights", s_true, Path);
        }

        foreach (var finding in assessment.Findings)
        {
            foreach (var tag in _tagsOfGood.GetValueOrDefault(finding.Subject, []))
            {
                _tags.Add(tag);
            }
        }

        if (_tags.Count > 0)
        {
            take("items.tags", FactValue.Of(_tags), Path);
        }
        else if (process.Items.Count > 0 && assessment.Salience is not (Level.Unknown or Level.Hint) && !assessment.Unknowns.Any(u => u.Indicator == "listed-good"))
        {
            take("items.tags", FactValue.Of([]), Path);
        }
    }

    private void ReadPlaces(ContractingProcess process, Action<string, FactValue, string> take)
    {
        List<string>? countries = null;
        foreach (var item in process.Items)
        {
            if (Country(item.DeliveryCountry) is { Length: > 0 } country && !(countries ??= []).Contains(country))
            {
                countries.Add(country);
            }
        }

        if (countries is not null)
        {
            take("performance.countries", FactValue.Of(countries), "$.tender.items[*].deliveryAddresses");
            take("performance.outsideCH", countries.Exists(c => c != "CH") ? s_true : s_false, "$.tender.items[*].deliveryAddresses");
        }
    }

    private static (Money Money, string Path)? Value(ContractingProcess process)
    {
        if (process.Tender.Value is { Amount: > 0 } value && IsCurrency(value.Currency))
        {
            return (value, "$.tender.value");
        }

        decimal sum = 0;
        var currency = "";
        foreach (var lot in process.Lots)
        {
            if (lot.Value is not { Amount: > 0 } amount || !IsCurrency(amount.Currency) || (currency.Length > 0 && currency != amount.Currency))
            {
                return null;
            }

            sum += amount.Amount;
            currency = amount.Currency;
        }

        return currency.Length > 0 ? (new Money(sum, currency), "$.tender.lots[*].value") : null;
    }

    private static bool IsCurrency(string currency) => currency.Length == 3 && currency.All(char.IsAsciiLetterUpper);

    private string Country(Utf8Text text)
    {
        if (text.IsEmpty)
        {
            return "";
        }

        var name = text.ToString();
        if (!_countries.TryGetValue(name, out var code))
        {
            code = _catalogue.FindCountry(name)?.Id ?? "";
            _countries[name] = code;
        }

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
}
