using System.Runtime.InteropServices;
using Palermo.Knowledge;
using Palermo.Knowledge.Words;
using Palermo.Procurement;

namespace Palermo.Identify.Recognition;

/// <summary>Recognises goods, sectors, conditions, origins and places in a process. One per thread.</summary>
internal sealed class Recogniser(Catalogue catalogue)
{
    // Longer texts are read to here: what a tender buys stands at the beginning, and a text of a gigabyte must not hold the run.
    private const int LongestText = 1 << 16;
    private const int OriginReach = 3;
    private readonly WordScanner _scanner = new(catalogue.Words);
    private readonly List<CodeMeaning> _meanings = [];
    private readonly Dictionary<string, Country?> _countries = new(StringComparer.Ordinal);
    private readonly HashSet<int> _wordGoods = [];
    private readonly Condition _priceOnly = catalogue.Conditions.First(c => c.Id == "price-only");
    private readonly Condition _subcontracting = catalogue.Conditions.First(c => c.Id == "subcontracting");
    private Classification _coded;
    private string _textField = "";
    private readonly byte[] _lastSchemeText = new byte[64];
    private int _lastSchemeLength;
    private CodeScheme _lastScheme;
    private readonly byte[] _lastCountryText = new byte[64];
    private int _lastCountryLength;
    private Country? _lastCountry;
    private readonly ProcessReading _reading = new();

    public ProcessReading Read(ContractingProcess process)
    {
        _reading.Begin(process);
        ReadPlaces();
        _reading.Category = process.Tender.MainProcurementCategory switch
        {
            var c when c.Is("goods"u8) => Category.Goods,
            var c when c.Is("works"u8) => Category.Works,
            var c when c.Is("services"u8) => Category.Services,
            _ => Category.Unknown,
        };
        foreach (var item in CollectionsMarshal.AsSpan(process.Items))
        {
            ReadItem(item);
        }

        foreach (var passage in process.Passages)
        {
            ReadPassage(passage);
        }

        ReadTender();
        return _reading;
    }

    // Hardly a publisher uses two schemes.
    private CodeScheme SchemeOf(ReadOnlySpan<byte> text)
    {
        if (text.Length > _lastSchemeText.Length)
        {
            return CodeIndex.ReadScheme(text);
        }

        if (!text.SequenceEqual(_lastSchemeText.AsSpan(0, _lastSchemeLength)))
        {
            text.CopyTo(_lastSchemeText);
            _lastSchemeLength = text.Length;
            _lastScheme = CodeIndex.ReadScheme(text);
        }

        return _lastScheme;
    }

    private void ReadItem(Item item)
    {
        _meanings.Clear();
        var category = Category.Unknown;
        var hasCode = false;
        var mapped = false;
        _coded = default;
        Utf8Text foreignName = default;
        var foreignField = "";
        Span<byte> digits = stackalloc byte[8];
        foreach (var classification in item.Classifications)
        {
            var scheme = SchemeOf(classification.Scheme.Span);
            if (scheme == CodeScheme.Unknown || !CodeIndex.TryReadCode(scheme, classification.Id.Span, digits, out var length))
            {
                // A scheme that is not mapped here still names the thing in words.
                if (foreignName.IsEmpty)
                {
                    foreignName = classification.Description;
                    foreignField = classification.Field;
                }

                continue;
            }

            hasCode = true;
            var before = _meanings.Count;
            catalogue.Codes.Find(scheme, digits[..length], _meanings);
            if (!mapped && (_meanings.Count > before || _coded.Id.IsEmpty))
            {
                mapped = _meanings.Count > before;
                _coded = classification;
                category = category == Category.Unknown ? CodeIndex.CategoryOf(scheme, digits[..length]) : category;
            }
        }

        _reading.HasKnownCode |= hasCode;
        if (category != Category.Unknown && _reading.Category == Category.Unknown)
        {
            _reading.Category = category;
        }

        var kind = category == Category.Unknown ? _reading.Category : category;
        var readable = hasCode;
        var origin = OriginOf(item);
        var description = item.Description;
        var text = description.IsEmpty ? foreignName : description;
        ReadOnlySpan<WordMatch> matches = [];
        if (!text.IsEmpty)
        {
            matches = _scanner.Scan(Clip(text.Span));
            var foreign = _scanner.IsForeignScript;
            _reading.HasForeignText |= foreign;
            readable |= !foreign;
            origin = origin.IsStated || matches.IsEmpty ? origin : OriginIn(matches, text, item);
        }

        if (readable)
        {
            _reading.ReadableItems++;
        }
        else
        {
            _reading.UnreadableItems++;
        }

        if (!matches.IsEmpty || _meanings.Count > 0)
        {
            _textField = description.IsEmpty && !foreignName.IsEmpty ? $"{foreignField}.description" : description.IsEmpty ? _coded.Field : "description";
            JudgeGoods(item, text, matches, kind, hasCode, origin);
            JudgeSectors(item, text, matches, kind, hasCode);
            JudgeConditions(item, matches, text);
        }

        if (!description.IsEmpty && !foreignName.IsEmpty && !NamesAnything(matches))
        {
            // "As specified in the annex": the name of the class says more.
            var named = _scanner.Scan(Clip(foreignName.Span));
            _textField = $"{foreignField}.description";
            JudgeGoods(item, foreignName, named, kind, false, origin);
            JudgeSectors(item, foreignName, named, kind, false);
        }
    }

    // Evidence is put into words only where it is the first: most items of a tender repeat what another named.
    private void JudgeGoods(Item item, Utf8Text text, ReadOnlySpan<WordMatch> matches, Category kind, bool hasCode, OriginEvidence origin)
    {
        _wordGoods.Clear();
        var aboutGoods = kind is not (Category.Services or Category.Works);
        foreach (var match in matches)
        {
            aboutGoods &= match.Kind != WordKind.NotGood || kind == Category.Goods;
        }

        foreach (var meaning in _meanings)
        {
            if (meaning.Good is not { } good || _wordGoods.Contains(good.Index))
            {
                continue;
            }

            if (meaning.Exact && hasCode)
            {
                _wordGoods.Add(good.Index);
                if (!_reading.Counts(good.Index, origin.IsStated))
                {
                    _reading.AddGood(new RecognisedGood(good, CodePath(item), Join(CodeOf(), text), origin));
                }
            }
            else if (FirstWord(matches, good.Index) is { } word)
            {
                _wordGoods.Add(good.Index);
                if (!_reading.Counts(good.Index, origin.IsStated))
                {
                    _reading.AddGood(new RecognisedGood(good, TextPath(item), $"{Quote(text, word)}, confirmed by {CodeOf()}", origin));
                }
            }
        }

        if (!aboutGoods)
        {
            return;
        }

        var bought = new Bought();
        for (var i = 0; i < matches.Length; i++)
        {
            var match = matches[i];
            if (bought.Is(WordKind.Good, matches, i) && !match.Weak && _wordGoods.Add(match.Index) && !_reading.Counts(match.Index, origin.IsStated))
            {
                _reading.AddGood(new RecognisedGood(catalogue.Goods[match.Index], TextPath(item), Quote(text, match), origin));
            }
        }

        if (_wordGoods.Count > 1)
        {
            Combine(TextPath(item), text, matches, origin);
        }
    }

    // Garments of cotton are cotton textiles: two goods of one item add up to a third.
    private void Combine(string path, Utf8Text text, ReadOnlySpan<WordMatch> matches, OriginEvidence origin)
    {
        foreach (var ((good, with), gives) in catalogue.Combinations)
        {
            if (_wordGoods.Contains(good) && _wordGoods.Contains(with) && !_wordGoods.Contains(gives.Index) && FirstWord(matches, with) is { } word)
            {
                _reading.AddGood(new RecognisedGood(gives, path, Quote(text, word), origin));
            }
        }
    }

    private void JudgeSectors(Item item, Utf8Text text, ReadOnlySpan<WordMatch> matches, Category kind, bool hasCode)
    {
        if (hasCode)
        {
            foreach (var meaning in _meanings)
            {
                if (meaning.SectorIndex >= 0 && catalogue.Sectors[meaning.SectorIndex] is var sector && !_reading.HasSector(sector))
                {
                    _reading.AddSector(sector, CodePath(item), Join(CodeOf(), text));
                }
            }
        }

        if (kind == Category.Goods)
        {
            return; // "gloves for cleaning services" are gloves
        }

        var bought = new Bought();
        for (var i = 0; i < matches.Length; i++)
        {
            var match = matches[i];
            if (bought.Is(WordKind.Sector, matches, i) && !match.Weak && catalogue.Sectors[match.Index] is var sector && !_reading.HasSector(sector))
            {
                _reading.AddSector(sector, TextPath(item), Quote(text, match));
            }
        }
    }

    private void JudgeConditions(Item item, ReadOnlySpan<WordMatch> matches, Utf8Text text)
    {
        foreach (var match in matches)
        {
            if (match.Kind == WordKind.Condition && !_reading.HasCondition(catalogue.Conditions[match.Index]))
            {
                _reading.AddCondition(catalogue.Conditions[match.Index], TextPath(item), Quote(text, match));
            }
        }
    }

    private void ReadPassage(Passage passage)
    {
        // Where the items can be read, they say what is bought; a description talks of much else.
        var onlyConditions = !passage.IsTitle && _reading.ReadableItems > 0;
        var matches = onlyConditions ? _scanner.ScanForConditions(Clip(passage.Text.Span)) : _scanner.Scan(Clip(passage.Text.Span));
        if (_scanner.IsForeignScript)
        {
            _reading.HasForeignText = true;
            return;
        }

        _reading.HasReadablePassage = true;
        if (matches.IsEmpty)
        {
            return;
        }

        foreach (var match in matches)
        {
            if (match.Kind == WordKind.Condition && !_reading.HasCondition(catalogue.Conditions[match.Index]))
            {
                _reading.AddCondition(catalogue.Conditions[match.Index], passage.Path, Quote(passage.Text, match));
            }
        }

        var kind = _reading.Category;
        if (onlyConditions)
        {
            return;
        }

        if (kind != Category.Goods && !_reading.HasKnownCode)
        {
            var sought = new Bought();
            for (var i = 0; i < matches.Length; i++)
            {
                var match = matches[i];
                if (sought.Is(WordKind.Sector, matches, i) && !match.Weak && catalogue.Sectors[match.Index] is var sector && !_reading.HasSector(sector))
                {
                    _reading.AddSector(sector, passage.Path, Quote(passage.Text, match));
                }
            }
        }

        if (kind is Category.Services or Category.Works || (kind != Category.Goods && HasNotGood(matches)))
        {
            return;
        }

        _wordGoods.Clear();
        var origin = OriginIn(matches, passage.Text, passage.Path);
        var bought = new Bought();
        for (var i = 0; i < matches.Length; i++)
        {
            var match = matches[i];
            if (bought.Is(WordKind.Good, matches, i) && !match.Weak && _wordGoods.Add(match.Index) && !_reading.Names(match.Index))
            {
                _reading.AddGood(new RecognisedGood(catalogue.Goods[match.Index], passage.Path, Quote(passage.Text, match), origin));
            }
        }

        if (_wordGoods.Count > 1)
        {
            Combine(passage.Path, passage.Text, matches, origin);
        }
    }

    private void ReadTender()
    {
        var tender = _reading.Process.Tender;
        if (tender.AwardCriteria.Is("priceOnly"u8) || tender.AwardCriteria.Is("lowestCost"u8) || tender.AwardCriteria.Is("lowestPrice"u8))
        {
            AddCondition(_priceOnly, "$.tender.awardCriteria", $"\"{tender.AwardCriteria}\"");
        }

        if (tender.HasSubcontracting == true)
        {
            AddCondition(_subcontracting, tender.SubcontractingPath, "true");
        }
    }

    private void AddCondition(Condition condition, string path, string evidence)
    {
        if (!_reading.HasCondition(condition))
        {
            _reading.AddCondition(condition, path, evidence);
        }
    }

    private void ReadPlaces()
    {
        foreach (var party in CollectionsMarshal.AsSpan(_reading.Process.Parties))
        {
            if (party.Country.IsEmpty || CountryOf(party.Country) is not { } country)
            {
                continue;
            }

            var deliverer = (party.Roles & PartyRoles.Deliverer) != 0;
            if (!deliverer && (party.Roles & PartyRoles.Buyer) == 0)
            {
                continue;
            }

            var who = (party.Roles & PartyRoles.Supplier) != 0 ? "supplier" : (party.Roles & PartyRoles.Subcontractor) != 0 ? "subcontractor" : deliverer ? "tenderer" : "buyer";
            var place = new Place(country, party, null, who);
            if (!deliverer)
            {
                _reading.BuyerPlace ??= place;
            }
            else if (!Knows(country, who))
            {
                _reading.Places.Add(place);
            }
        }

        foreach (var item in CollectionsMarshal.AsSpan(_reading.Process.Items))
        {
            if (!item.DeliveryCountry.IsEmpty && CountryOf(item.DeliveryCountry) is { } country && !Knows(country, "place of delivery"))
            {
                _reading.Places.Add(new Place(country, null, item, "place of delivery"));
            }
        }
    }

    private bool Knows(Country country, string who)
    {
        foreach (var place in _reading.Places)
        {
            if (ReferenceEquals(place.Country, country) && place.Who == who)
            {
                return true;
            }
        }

        return false;
    }

    private Country? CountryOf(Utf8Text text)
    {
        // Most parties of a register sit in one country.
        var utf8 = text.Span;
        if (utf8.SequenceEqual(_lastCountryText.AsSpan(0, _lastCountryLength)))
        {
            return _lastCountry;
        }

        var country = FindCountry(text);
        if (utf8.Length <= _lastCountryText.Length)
        {
            utf8.CopyTo(_lastCountryText);
            _lastCountryLength = utf8.Length;
            _lastCountry = country;
        }

        return country;
    }

    private Country? FindCountry(Utf8Text text)
    {
        Span<char> name = stackalloc char[128];
        if (text.Span.Length > name.Length)
        {
            return null; // no country's name is as long as that
        }

        name = name[..System.Text.Encoding.UTF8.GetChars(text.Span, name)];
        var known = _countries.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!known.TryGetValue(name, out var country))
        {
            country = catalogue.FindCountry(name.ToString());
            if (_countries.Count < 4096)
            {
                known[name] = country;
            }
        }

        return country;
    }

    private OriginEvidence OriginOf(Item item) =>
        !item.Origin.IsEmpty && CountryOf(item.Origin) is { } country
            ? new OriginEvidence(country.Id, "", $"{item.Path}.{item.OriginField}", $"\"{item.Origin}\"")
            : OriginEvidence.None;

    private OriginEvidence OriginIn(ReadOnlySpan<WordMatch> matches, Utf8Text text, string path)
    {
        var after = -1;
        foreach (var match in matches)
        {
            switch (match.Kind)
            {
                case WordKind.Region:
                    var region = catalogue.Regions[match.Index];
                    return new OriginEvidence(region.Country, region.Id, path, Quote(text, match));
                case WordKind.OriginPhrase:
                    after = match.LastWord;
                    break;
                case WordKind.Country when after >= 0 && match.FirstWord > after && match.FirstWord - after <= OriginReach:
                    return new OriginEvidence(catalogue.Words.CountryIds[match.Index], "", path, Quote(text, match));
                default:
                    break;
            }
        }

        return OriginEvidence.None;
    }

    private static bool HasNotGood(ReadOnlySpan<WordMatch> matches)
    {
        foreach (var match in matches)
        {
            if (match.Kind == WordKind.NotGood)
            {
                return true;
            }
        }

        return false;
    }

    private static bool NamesAnything(ReadOnlySpan<WordMatch> matches)
    {
        foreach (var match in matches)
        {
            if (match.Kind is WordKind.Good or WordKind.Sector && !match.Weak)
            {
                return true;
            }
        }

        return false;
    }

    private static WordMatch? FirstWord(ReadOnlySpan<WordMatch> matches, int good)
    {
        foreach (var match in matches)
        {
            if (match.Kind == WordKind.Good && match.Index == good)
            {
                return match;
            }
        }

        return null;
    }

    private string CodeOf() => $"{_coded.Scheme} {_coded.Id}";

    private OriginEvidence OriginIn(ReadOnlySpan<WordMatch> matches, Utf8Text text, Item item)
    {
        foreach (var match in matches)
        {
            if (match.Kind is WordKind.Region or WordKind.OriginPhrase)
            {
                return OriginIn(matches, text, $"{item.Path}.description");
            }
        }

        return OriginEvidence.None;
    }

    private string TextPath(Item item) => $"{item.Path}.{_textField}";

    private string CodePath(Item item) => $"{item.Path}.{_coded.Field}";

    private static string Join(string code, Utf8Text text) => text.IsEmpty ? code : $"{code} \"{Snippet.Of(text.Span, 0, Math.Min(text.Span.Length, 60))}\"";

    private static string Quote(Utf8Text text, WordMatch match) => $"\"{Snippet.Of(Clip(text.Span), match.Start, match.End)}\"";

    private static ReadOnlySpan<byte> Clip(ReadOnlySpan<byte> text) => text.Length > LongestText ? text[..LongestText] : text;
}
