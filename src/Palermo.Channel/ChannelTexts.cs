using System.Globalization;
using Palermo.Tables;

namespace Palermo.Channel;

/// <summary>Words of the channel in one language. All languages stand side by side in one table: one without a text stops the start.</summary>
public sealed class ChannelTexts
{
    private static readonly string[] s_rightToLeft = ["ar", "ur", "fa", "he"];
    private static readonly Lazy<Dictionary<string, ChannelTexts>> s_all = new(Read);
    private readonly Dictionary<string, string> _texts;

    private ChannelTexts(string code, Dictionary<string, string> texts)
    {
        Code = code;
        _texts = texts;
    }

    /// <summary>Languages, English first.</summary>
    public static IReadOnlyDictionary<string, ChannelTexts> All => s_all.Value;

    /// <summary>Code of the language.</summary>
    public string Code { get; }

    /// <summary>Direction of the script: <c>ltr</c> or <c>rtl</c>.</summary>
    public string Direction => s_rightToLeft.Contains(Code) ? "rtl" : "ltr";

    /// <summary>Keys of all texts.</summary>
    public IReadOnlyCollection<string> Keys => _texts.Keys;

    /// <summary>A text.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public string this[string key] => _texts.TryGetValue(key, out var text) ? text : throw new KeyNotFoundException($"texts.csv of the channel has no {key}.");

    /// <summary>Whether there is a text.</summary>
    public bool Has(string key) => _texts.ContainsKey(key);

    /// <summary>A text with something put into it.</summary>
    public string Say(string key, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.InvariantCulture, this[key], values);

    /// <summary>The language that the header Accept-Language likes best; English if it likes none. Only to choose; it is not kept.</summary>
    public static string Preferred(string? header)
    {
        var wanted = (header ?? "").Split(',').Select(part => part.Split(";q=")).Select(part => (Code: part[0].Trim().Split('-')[0].ToLowerInvariant(), Weight: part.Length > 1 && double.TryParse(part[1], CultureInfo.InvariantCulture, out var q) ? q : 1));
        return wanted.OrderByDescending(w => w.Weight).Select(w => w.Code).FirstOrDefault(All.ContainsKey) ?? "en";
    }

    private static Dictionary<string, ChannelTexts> Read()
    {
        using var rows = new TextRows(typeof(ChannelTexts).Assembly.GetManifestResourceStream("channel/texts.csv")!, () => throw new InvalidDataException("texts.csv of the channel is not UTF-8."));
        var codes = rows.Next()![1..];
        var all = codes.ToDictionary(c => c, _ => new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal);
        while (rows.Next() is { } row)
        {
            for (var i = 0; i < codes.Length; i++)
            {
                all[codes[i]].Add(row[0], row.Length > i + 1 && row[i + 1].Length > 0 ? row[i + 1] : throw new InvalidDataException($"texts.csv of the channel: {row[0]} has no text in {codes[i]}."));
            }
        }

        return all.ToDictionary(t => t.Key, t => new ChannelTexts(t.Key, t.Value), StringComparer.Ordinal);
    }
}
