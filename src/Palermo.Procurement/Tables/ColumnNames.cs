using System.Text;

namespace Palermo.Procurement.Tables;

/// <summary>Finds what a column holds from its header, by the word list columns.csv (English, French, Spanish), a mapping or a path of OCDS.</summary>
internal static class ColumnNames
{
    private static readonly Dictionary<string, (string Field, string Language)> s_known = Load();

    /// <summary>All fields a column may hold.</summary>
    public static IReadOnlySet<string> Fields { get; } = s_known.Values.Select(v => v.Field).ToHashSet(StringComparer.Ordinal);

    /// <summary>Understands a header.</summary>
    public static TableColumn Find(int index, string header, TableMapping mapping)
    {
        var currency = CurrencyIn(header);
        var name = Fold(header);
        if (mapping.Columns.TryGetValue(name, out var mapped))
        {
            return new TableColumn(index, header, mapped, mapped.Length > 0 ? "mapping" : "left out by the mapping", currency);
        }

        if (Fields.Contains(header.Trim()))
        {
            return new TableColumn(index, header, header.Trim(), "OCDS", currency);
        }

        foreach (var candidate in new[] { name, Fold(WithoutBrackets(header)) })
        {
            if (s_known.TryGetValue(candidate, out var known))
            {
                return new TableColumn(index, header, known.Field, known.Language, currency);
            }
        }

        return new TableColumn(index, header, "", "", currency);
    }

    /// <summary>Lower case without accents, everything but letters and digits a blank.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.ToLowerInvariant())
        {
            var plain = c switch
            {
                'á' or 'à' or 'â' or 'ä' or 'ã' or 'å' => 'a',
                'é' or 'è' or 'ê' or 'ë' => 'e',
                'í' or 'ì' or 'î' or 'ï' => 'i',
                'ó' or 'ò' or 'ô' or 'ö' or 'õ' or 'º' or '°' => 'o',
                'ú' or 'ù' or 'û' or 'ü' => 'u',
                'ç' => 'c',
                'ñ' => 'n',
                _ => c,
            };
            if (char.IsLetterOrDigit(plain))
            {
                folded.Append(plain);
            }
            else if (folded.Length > 0 && folded[^1] != ' ')
            {
                folded.Append(' ');
            }
        }

        return folded.ToString().TrimEnd();
    }

    private static string WithoutBrackets(string header)
    {
        var open = header.IndexOfAny(['(', '[']);
        return open > 0 ? header[..open] : header.Replace("€", "").Replace("US$", "").Replace("£", "").Replace("$", "");
    }

    private static string CurrencyIn(string header)
    {
        foreach (var word in header.Split([' ', '(', ')', '[', ']', ',', '/'], StringSplitOptions.RemoveEmptyEntries))
        {
            switch (word)
            {
                case "€": return "EUR";
                case "£": return "GBP";
                case "US$": return "USD";
                case { Length: 3 } when word is "EUR" or "USD" or "GBP" or "CHF" or "CAD" or "AUD" or "MXN" or "COP" or "CLP" or "PEN" or "BRL" or "ARS" or "UYU" or "PYG" or "XOF" or "XAF" or "MAD" or "TND" or "RON" or "MDL" or "PLN" or "CZK" or "SEK" or "NOK" or "DKK" or "UAH" or "KZT" or "NGN" or "KES" or "UGX" or "ZAR" or "INR" or "JPY" or "CNY": return word;
                default: break;
            }
        }

        return "";
    }

    private static Dictionary<string, (string, string)> Load()
    {
        using var stream = typeof(ColumnNames).Assembly.GetManifestResourceStream("columns.csv") ?? throw new InvalidOperationException("This build carries no column names.");
        using var reader = new StreamReader(stream);
        var known = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            if (line.Split(',') is [var field, var language, var name])
            {
                known.TryAdd(name, (field, language)); // a word of two languages stands first in English
            }
        }

        return known;
    }
}
