using System.Text;

namespace Palermo.Procurement.Tables;

/// <summary>Tells tables of delimited text from other text.</summary>
internal static class TableFormat
{
    private static readonly string[] s_endings = [".csv", ".tsv", ".csv.gz", ".tsv.gz", ".csv.zst", ".tsv.zst"];

    /// <summary>True if the name says so; for a text the user named himself, or standard input, also if its first line has two headers known here.</summary>
    public static bool IsText(string name, ReadOnlySpan<byte> head, bool named)
    {
        if (Array.Exists(s_endings, e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
        {
            return true;
        }

        var text = head.TrimStart(new byte[] { 0xEF, 0xBB, 0xBF, (byte)' ', (byte)'\n', (byte)'\r' });
        if (!named || text.IsEmpty || text[0] is (byte)'{' or (byte)'[' or 0)
        {
            return false;
        }

        var line = text.IndexOfAny((byte)'\n', (byte)'\r') is var end and >= 0 ? text[..end] : text;
        var cells = Encoding.UTF8.GetString(line).Split([',', ';', '\t', '|']);
        return cells.Length > 1 && cells.Count(c => ColumnNames.Find(0, c.Trim('"', ' '), TableMapping.None).Field.Length > 0) > 1;
    }
}
