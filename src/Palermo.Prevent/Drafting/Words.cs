using System.Collections.Concurrent;
using System.Globalization;
using Palermo.Knowledge;
using Palermo.Knowledge.Clauses;
using Palermo.Knowledge.Rules;

namespace Palermo.Prevent.Drafting;

/// <summary>The words of one language: labels, and names of what data/ names in English.</summary>
public sealed class Words(ClauseLanguage language, Catalogue catalogue)
{
    /// <summary>Code of the language.</summary>
    public string Code => language.Code;

    /// <summary>A label.</summary>
    public string this[string key] => language.Words.TryGetValue(key, out var text) ? text : throw new KeyNotFoundException($"clauses/{language.Code}/words.csv has no word {key}.");

    /// <summary>A label with something put into it.</summary>
    public string Say(string key, params ReadOnlySpan<object> values) => string.Format(CultureInfo.InvariantCulture, this[key], values);

    /// <summary>A text.</summary>
    public ClauseText Text(string id) => language.Texts[id];

    /// <summary>Name of a measure.</summary>
    public string Measure(Measure measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        return language.Words.GetValueOrDefault("measure." + measure.Id, measure.Title);
    }

    /// <summary>Name of a good, a sector, a country or an import measure.</summary>
    public string Subject(string id)
    {
        if (language.Words.TryGetValue("good." + id, out var good))
        {
            return good;
        }

        if (language.Words.TryGetValue("sector." + id, out var sector))
        {
            return sector;
        }

        return catalogue.Goods.FirstOrDefault(g => g.Id == id)?.Name
            ?? catalogue.Sectors.FirstOrDefault(s => s.Id == id)?.Name
            ?? (catalogue.Countries.ContainsKey(id) ? Country(id) : null)
            ?? catalogue.ImportMeasures.FirstOrDefault(m => m.Id == id)?.Product
            ?? id;
    }

    /// <summary>Name of a country by its ISO 3166-1 alpha-2 code.</summary>
    public string Country(string code)
    {
        if (!_countries.TryGetValue(code, out var name))
        {
            // The name a list of countries gives comes before those that only recognise it (England, EE.UU.).
            var table = catalogue.Tables.First(t => t.Name == "places/names");
            for (var row = 0; row < table.Count && name is null && language.Code != "en"; row++)
            {
                name = table[row, "country"] == code && table[row, "lang"] == language.Code && table[row, "source"] != "own" ? table[row, "name"] : null;
            }

            _countries[code] = name ??= catalogue.Countries.TryGetValue(code, out var country) ? country.Name : code;
        }

        return name;
    }

    private readonly ConcurrentDictionary<string, string> _countries = new(StringComparer.Ordinal);

    /// <summary>The question that settles a fact; English where the language has none.</summary>
    public (string Text, bool IsForeign) Question(string fact, string english) =>
        language.Words.TryGetValue("fact." + fact, out var text) ? (text, false) : (english, language.Code != "en");

    /// <summary>A day as the language writes it.</summary>
    public string Day(DateOnly day) => Say("date", day.Day, this["month." + day.Month.ToString("00", CultureInfo.InvariantCulture)], day.Year);

    /// <summary>An amount with the language's separators.</summary>
    public string Amount(decimal amount, string currency) => $"{Number(amount)} {currency}".TrimEnd();

    /// <summary>A number with the language's separators.</summary>
    public string Number(decimal number)
    {
        var text = number.ToString("#,##0.##", CultureInfo.InvariantCulture);
        return text.Replace(',', '\u0001').Replace(".", this["number.decimal"], StringComparison.Ordinal).Replace("\u0001", this["number.group"].Replace("_", "\u00a0", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
