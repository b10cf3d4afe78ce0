using System.Globalization;
using Palermo.Tables;

namespace Palermo.Web.Localization;

/// <summary>Words of the screens in one language. All languages stand side by side in one table, so that none can lag behind.</summary>
public sealed class Texts
{
    private static readonly Lazy<Dictionary<string, Texts>> s_all = new(Read);
    private readonly Dictionary<string, string> _texts;

    private Texts(string code, Dictionary<string, string> texts)
    {
        Code = code;
        _texts = texts;
    }

    /// <summary>Languages, English first.</summary>
    public static IReadOnlyDictionary<string, Texts> All => s_all.Value;

    /// <summary>Code of the language.</summary>
    public string Code { get; }

    /// <summary>A text.</summary>
    /// <exception cref="KeyNotFoundException">There is none; a test looks at every page in every language.</exception>
    public string this[string key] => _texts.TryGetValue(key, out var text) ? text : throw new KeyNotFoundException($"Localization/texts.csv has no {key}.");

    /// <summary>Whether there is a text.</summary>
    public bool Has(string key) => _texts.ContainsKey(key);

    /// <summary>A text with something put into it.</summary>
    public string Say(string key, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.InvariantCulture, this[key], values);

    /// <summary>The language that the header Accept-Language likes best; English if it likes none.</summary>
    public static string Preferred(string? header)
    {
        var wanted = (header ?? "").Split(',').Select(part => part.Split(";q=")).Select(part => (Code: part[0].Trim().Split('-')[0].ToLowerInvariant(), Weight: part.Length > 1 && double.TryParse(part[1], CultureInfo.InvariantCulture, out var q) ? q : 1));
        return wanted.OrderByDescending(w => w.Weight).Select(w => w.Code).FirstOrDefault(All.ContainsKey) ?? "en";
    }

    private static Dictionary<string, Texts> Read()
    {
        using var rows = new TextRows(typeof(Texts).Assembly.GetManifestResourceStream("texts.csv")!, () => throw new InvalidDataException("Localization/texts.csv is not UTF-8."));
        var codes = rows.Next()![1..];
        var all = codes.ToDictionary(c => c, _ => new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal);
        while (rows.Next() is { } row)
        {
            for (var i = 0; i < codes.Length; i++)
            {
                all[codes[i]].Add(row[0], row.Length > i + 1 && row[i + 1].Length > 0 ? row[i + 1] : throw new InvalidDataException($"Localization/texts.csv: {row[0]} has no text in {codes[i]}."));
            }
        }

        return all.ToDictionary(t => t.Key, t => new Texts(t.Key, t.Value), StringComparer.Ordinal);
    }
}
