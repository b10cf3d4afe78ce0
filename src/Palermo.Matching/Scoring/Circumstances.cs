using Palermo.Matching.Lexicon;
using Palermo.Matching.Names;
using Palermo.Matching.Text;

namespace Palermo.Matching.Scoring;

/// <summary>What besides the name speaks for or against: countries, dates, addresses, telephones, identifiers. What one side does not say is no evidence.</summary>
internal static class Circumstances
{
    public static void Compare(Party a, Party b, Span<float> features, EvidenceSink? sink)
    {
        if (a.Countries.Count > 0 && b.Countries.Count > 0)
        {
            var same = a.Countries.Any(x => b.Countries.Any(y => Country(x) == Country(y)));
            Add(same ? Feature.SameCountry : Feature.OtherCountry, same ? "same-country" : "other-country", 1, a.Countries[0], b.Countries[0], features, sink);
        }

        if (a.Dates.Count > 0 && b.Dates.Count > 0)
        {
            var best = a.Dates.SelectMany(x => b.Dates.Select(y => (x, y, Relation: DateRelation(x, y)))).MaxBy(t => t.Relation);
            if (best.Relation >= 0)
            {
                var (feature, rule) = best.Relation switch { 2 => (Feature.SameDate, "same-date"), 1 => (Feature.NearDate, "near-date"), _ => (Feature.OtherDate, "other-date") };
                Add(feature, rule, 1, best.x, best.y, features, sink);
            }
        }

        if (a.Addresses.Count > 0 && b.Addresses.Count > 0)
        {
            var best = a.Addresses.SelectMany(x => b.Addresses.Select(y => (x, y, Alike: Addresses.Alike(x, y)))).MaxBy(t => t.Alike);
            var (feature, rule, value) = best.Alike >= 0.4f ? (Feature.SameAddress, "same-address", (best.Alike - 0.4f) / 0.6f) : (Feature.OtherAddress, "other-address", (0.4f - best.Alike) / 0.4f);
            if (best.Alike >= 0)
            {
                Add(feature, rule, value, best.x, best.y, features, sink);
            }
        }

        if (a.Phones.Count > 0 && b.Phones.Count > 0)
        {
            var same = a.Phones.Any(x => b.Phones.Any(y => Digits(x) is { Length: >= 6 } p && Digits(y) is { Length: >= 6 } q && (p.EndsWith(q, StringComparison.Ordinal) || q.EndsWith(p, StringComparison.Ordinal))));
            Add(same ? Feature.SamePhone : Feature.OtherPhone, same ? "same-phone" : "other-phone", 1, a.Phones[0], b.Phones[0], features, sink);
        }

        Identifiers(a, b, features, sink);
    }

    private static void Identifiers(Party a, Party b, Span<float> features, EvidenceSink? sink)
    {
        (string X, string Y)? other = null;
        foreach (var x in a.Identifiers)
        {
            foreach (var y in b.Identifiers)
            {
                var (schemeX, valueX) = Split(x);
                var (schemeY, valueY) = Split(y);
                if (valueX.Length >= 4 && valueX == valueY && (schemeX == schemeY || schemeX.Length == 0 || schemeY.Length == 0))
                {
                    if (IdentifierCheck.IsFiller(valueX))
                    {
                        continue;
                    }

                    // A number whose check digits fail is a slip of somebody's pen; it may be the same slip.
                    var valid = IdentifierCheck.IsValid(schemeX.Length > 0 ? schemeX : schemeY, valueX);
                    Add(Feature.SameIdentifier, valid == false ? "same-identifier-unchecked" : "same-identifier", valid == false ? 0.4f : 1, x, y, features, sink);
                    return;
                }

                if (schemeX.Length > 0 && schemeX == schemeY && valueX != valueY)
                {
                    other ??= (x, y);
                }
            }
        }

        if (other is { } pair)
        {
            Add(Feature.OtherIdentifier, "other-identifier", 1, pair.X, pair.Y, features, sink);
        }
    }

    private static void Add(Feature feature, string rule, float value, string x, string y, Span<float> features, EvidenceSink? sink)
    {
        features[(int)feature] += value;
        sink?.Add(rule, x, y, (feature, value));
    }

    private static (string Scheme, string Value) Split(string identifier)
    {
        var colon = identifier.LastIndexOf(':');
        return (colon < 0 ? "" : identifier[..colon].Trim().ToUpperInvariant(), string.Concat(identifier[(colon + 1)..].Where(char.IsLetterOrDigit)).ToUpperInvariant());
    }

    private static string Digits(string phone) => string.Concat(phone.Where(char.IsAsciiDigit)).TrimStart('0');

    // "gb", "GB" and "United Kingdom" are one country; so are "Iran" and "Islamic Republic of Iran".
    private static string Country(string text)
    {
        var words = Tokenizer.Words(text).ToList();
        var key = 0ul;
        foreach (var word in words)
        {
            key = Hashes.Next(key, Hashes.Of(word));
        }

        if (NameLexicon.Shared.Word(key, out var entry) && entry.Class == TokenClass.Place)
        {
            return NameLexicon.Shared.VariantName(entry.Variant);
        }

        var code = text.Trim().ToUpperInvariant();
        return s_codes.TryGetValue(code, out var name) ? name : string.Join(' ', words);
    }

    private static readonly Dictionary<string, string> s_codes = new()
    {
        ["CN"] = "china", ["RU"] = "russia", ["US"] = "united states", ["GB"] = "united kingdom", ["DE"] = "germany", ["FR"] = "france", ["ES"] = "spain", ["IT"] = "italy", ["CH"] = "switzerland",
        ["AT"] = "austria", ["BE"] = "belgium", ["NL"] = "netherlands", ["PL"] = "poland", ["UA"] = "ukraine", ["BY"] = "belarus", ["KZ"] = "kazakhstan", ["UZ"] = "uzbekistan", ["TM"] = "turkmenistan",
        ["TR"] = "turkey", ["IR"] = "iran", ["IQ"] = "iraq", ["SY"] = "syria", ["EG"] = "egypt", ["SA"] = "saudi arabia", ["AE"] = "emirates", ["IN"] = "india", ["PK"] = "pakistan", ["BD"] = "bangladesh",
        ["LK"] = "sri lanka", ["JP"] = "japan", ["KR"] = "south korea", ["KP"] = "north korea", ["VN"] = "vietnam", ["TH"] = "thailand", ["MY"] = "malaysia", ["ID"] = "indonesia", ["PH"] = "philippines",
        ["SG"] = "singapore", ["HK"] = "hong kong", ["TW"] = "taiwan", ["MO"] = "macau", ["MX"] = "mexico", ["BR"] = "brazil", ["AR"] = "argentina", ["CO"] = "colombia", ["CL"] = "chile", ["PE"] = "peru",
        ["VE"] = "venezuela", ["CU"] = "cuba", ["CA"] = "canada", ["AU"] = "australia", ["NZ"] = "new zealand", ["ZA"] = "south africa", ["NG"] = "nigeria", ["KE"] = "kenya", ["GH"] = "ghana",
        ["KH"] = "cambodia", ["MM"] = "myanmar", ["LA"] = "laos", ["NP"] = "nepal", ["AF"] = "afghanistan", ["IL"] = "israel", ["LB"] = "lebanon", ["JO"] = "jordan", ["LY"] = "libya", ["SD"] = "sudan",
        ["ET"] = "ethiopia", ["GR"] = "greece", ["CY"] = "cyprus", ["RO"] = "romania", ["BG"] = "bulgaria", ["HU"] = "hungary", ["CZ"] = "czech", ["SK"] = "slovakia", ["RS"] = "serbia", ["HR"] = "croatia",
        ["BA"] = "bosnia", ["ME"] = "montenegro", ["MK"] = "macedonia", ["AL"] = "albania", ["SE"] = "sweden", ["NO"] = "norway", ["DK"] = "denmark", ["FI"] = "finland", ["IE"] = "ireland", ["PT"] = "portugal",
    };

    // 2 the same, 1 nearly (a year and a date in it, day and month swapped, one digit wrong), 0 another, -1 unreadable.
    private static int DateRelation(string x, string y)
    {
        var (p, q) = (string.Concat(x.Where(char.IsAsciiDigit)), string.Concat(y.Where(char.IsAsciiDigit)));
        if (p.Length is not (4 or 6 or 8) || q.Length is not (4 or 6 or 8))
        {
            return -1;
        }

        if (p.Length == 8 && q.Length == 8)
        {
            var different = 0;
            for (var i = 0; i < 8; i++)
            {
                different += p[i] != q[i] ? 1 : 0;
            }

            return different == 0 ? 2 : different == 1 || (p[..4] == q[..4] && p[4..6] == q[6..] && p[6..] == q[4..6]) || (different == 2 && p.Order().SequenceEqual(q.Order())) ? 1 : 0;
        }

        var shorter = Math.Min(p.Length, q.Length);
        return p[..shorter] == q[..shorter] ? 1 : 0;
    }
}
