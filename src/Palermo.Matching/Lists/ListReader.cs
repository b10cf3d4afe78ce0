namespace Palermo.Matching.Lists;

/// <summary>Reads published lists into parties.</summary>
public static class ListReader
{
    /// <summary>So many warnings are kept; the rest is counted.</summary>
    public const int MostWarnings = 50;

    /// <summary>Reads a list.</summary>
    /// <param name="format">Its format.</param>
    /// <param name="path">The file; for OFAC's CSV, <c>sdn.csv</c> with <c>alt.csv</c> and <c>add.csv</c> beside it.</param>
    /// <param name="mapping">For tables: <c>field=column;…</c>; blank to recognize columns by their names.</param>
    /// <param name="warn">Told what was not understood, with where it stood.</param>
    /// <exception cref="InvalidDataException">It is no such list; says where, what and how to mend it.</exception>
    public static IEnumerable<ListedParty> Read(ListFormat format, string path, string mapping, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(path);
        var parties = format.Id switch
        {
            "ftm" => FtmReader.Read(path, warn),
            "senzing" => SenzingReader.Read(path, warn),
            "ofac" => IsXml(path) ? OfacReader.ReadXml(path) : OfacReader.ReadCsv(path, warn),
            "un" => UnReader.Read(path),
            "eu" when IsXml(path) => EuReader.Read(path),
            _ => TableListReader.Read(format, path, mapping, warn),
        };
        return Distinct(parties);
    }

    // Ids may repeat in tables made by hand: the second one gets a number, so that neither is lost.
    private static IEnumerable<ListedParty> Distinct(IEnumerable<ListedParty> parties)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var party in parties)
        {
            var times = seen[party.Id] = seen.GetValueOrDefault(party.Id) + 1;
            yield return times == 1 ? party : party with { Id = $"{party.Id}-{times}" };
        }
    }

    private static bool IsXml(string path)
    {
        using var reader = new StreamReader(path);
        for (var c = reader.Read(); c >= 0; c = reader.Read())
        {
            if (!char.IsWhiteSpace((char)c) && c != '\uFEFF')
            {
                return c == '<';
            }
        }

        return false;
    }

    /// <summary>A text as a list item, if it has one.</summary>
    internal static List<string> Some(params ReadOnlySpan<string?> texts)
    {
        var list = new List<string>();
        foreach (var text in texts)
        {
            var trimmed = text?.Trim() ?? "";
            if (trimmed.Length > 0 && trimmed != "-0-" && !list.Contains(trimmed))
            {
                list.Add(trimmed);
            }
        }

        return list;
    }
}
