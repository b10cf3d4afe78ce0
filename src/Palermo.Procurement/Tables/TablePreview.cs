using Palermo.Procurement.Input;

namespace Palermo.Procurement.Tables;

/// <summary>Shows what tables are understood to be, without reading them to their ends.</summary>
public static class TablePreview
{
    /// <summary>The views of the tables in a file: one, or several in an archive. Empty if the file holds no table.</summary>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="InvalidDataException">It is broken, or no headers were recognised; the message says how to mend it.</exception>
    public static IReadOnlyList<TableView> Read(string path, ReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var views = new List<TableView>();
        foreach (var part in new Decoder(options.Latin1, null, options.Tables).Open(new InputFile(path, path, Named: true, IsSpool: false)))
        {
            using var content = part.Content;
            if (content is TableStream table)
            {
                views.Add(table.View);
            }
        }

        return views;
    }
}
