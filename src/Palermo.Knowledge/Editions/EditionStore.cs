using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Sylvan.Data.Csv;

namespace Palermo.Knowledge.Editions;

/// <summary>
/// A folder with imported editions: per kind a folder, in it per edition its rows (<c>DATE.csv</c>), where they came from
/// (<c>DATE.json</c>) and the file as it was (<c>DATE.original</c>). Editions are added, never overwritten by others.
/// </summary>
public sealed class EditionStore(string folder)
{
    private const double MostLost = 0.5;

    /// <summary>Where editions are kept if nothing else is said: <c>PALERMO_DATA</c>, or palermo/editions among the user's application data.</summary>
    public static string DefaultFolder =>
        Environment.GetEnvironmentVariable("PALERMO_DATA") is { Length: > 0 } own ? own
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "palermo", "editions");

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>All editions kept, by kind and date.</summary>
    /// <exception cref="InvalidDataException">The store holds something that is no edition.</exception>
    public IReadOnlyList<Edition> List() =>
        [.. EditionKind.All.Where(kind => Directory.Exists(Path.Combine(folder, kind.Id))).SelectMany(kind => Directory.EnumerateFiles(Path.Combine(folder, kind.Id), "*.json").Order(StringComparer.Ordinal).Select(path => ReadAbout(kind, path)))];

    /// <summary>Takes a newer edition of a list.</summary>
    /// <param name="kind">What list.</param>
    /// <param name="path">The file as published.</param>
    /// <param name="date">Date of the edition.</param>
    /// <param name="now">The time of the import.</param>
    /// <param name="force">True to take an edition that lacks most rows of the one before.</param>
    /// <param name="keep">False to compare only.</param>
    /// <returns>The edition, what it changes against the one before it, and the date of that one.</returns>
    /// <exception cref="InvalidDataException">The file is no such list, or looks cut off; nothing was changed.</exception>
    public (Edition Edition, EditionDifference Difference, DateOnly Before) Import(EditionKind kind, string path, DateOnly date, DateTimeOffset now, bool force = false, bool keep = true)
    {
        ArgumentNullException.ThrowIfNull(kind);
        var rows = ListReaders.Read(kind, path, Catalogue.Default);
        var before = List().Where(e => e.Kind == kind && e.Date < date).OrderBy(e => e.Date).LastOrDefault();
        var shipped = before is null || before.Date < kind.Shipped;
        var old = shipped ? ShippedRows.Of(kind) : Read(before!);
        rows = CarryOver(kind, old, rows);
        var difference = EditionDifference.Between(kind, old, rows);
        var count = old.Count;
        if (keep && !force && count > 0 && difference.Removed.Count > count * MostLost)
        {
            throw new InvalidDataException($"The file lacks {difference.Removed.Count} of the {count} rows of the edition before it, as a broken download would. If it is whole, say so with --force.");
        }

        var edition = new Edition(kind, date, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), Path.GetFileName(path), now, rows.Count);
        if (keep)
        {
            Keep(edition, rows, path);
        }

        return (edition, difference, shipped ? kind.Shipped : before!.Date);
    }

    /// <summary>The rows of an edition, in the columns of its kind.</summary>
    internal IReadOnlyList<string[]> Read(Edition edition)
    {
        var path = PathOf(edition.Kind, edition.Date, ".csv");
        try
        {
            using var csv = CsvDataReader.Create(path, new CsvDataReaderOptions { Delimiter = ',' });
            var rows = new List<string[]>();
            while (csv.Read())
            {
                rows.Add([.. Enumerable.Range(0, edition.Kind.Columns.Count).Select(csv.GetString)]);
            }

            return rows;
        }
        catch (Exception e) when (e is IOException or CsvFormatException or ArgumentOutOfRangeException)
        {
            throw new InvalidDataException($"{path} can't be read: {e.Message} Import the edition again from {edition.File}.");
        }
    }

    // A file without a column says nothing about it: what was known of the row stays.
    private static IReadOnlyList<string[]> CarryOver(EditionKind kind, IReadOnlyList<string[]> before, IReadOnlyList<string[]> rows)
    {
        var silent = Enumerable.Range(kind.Key, kind.Columns.Count - kind.Key).Where(c => rows.All(r => r[c].Length == 0)).ToArray();
        if (silent.Length > 0)
        {
            foreach (var (row, was) in EditionDifference.Pair(kind, before, rows))
            {
                Array.ForEach(silent, c => row[c] = was[c]);
            }
        }

        return rows;
    }

    private void Keep(Edition edition, IReadOnlyList<string[]> rows, string path)
    {
        Directory.CreateDirectory(Path.Combine(folder, edition.Kind.Id));
        // What names the edition is written last: a half-written one is none.
        Write(PathOf(edition.Kind, edition.Date, ".original"), File.ReadAllBytes(path));
        using (var text = new StringWriter(CultureInfo.InvariantCulture))
        {
            text.Write(string.Join(',', edition.Kind.Columns) + "\n");
            foreach (var row in rows)
            {
                text.Write(string.Join(',', row.Select(Quoted)) + "\n");
            }

            Write(PathOf(edition.Kind, edition.Date, ".csv"), System.Text.Encoding.UTF8.GetBytes(text.ToString()));
        }

        using var about = new MemoryStream();
        using (var json = new Utf8JsonWriter(about, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("kind", edition.Kind.Id);
            json.WriteString("date", edition.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteString("file", edition.File);
            json.WriteString("sha256", edition.Sha256);
            json.WriteString("imported", edition.Imported.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
            json.WriteNumber("rows", edition.Rows);
            json.WriteEndObject();
        }

        Write(PathOf(edition.Kind, edition.Date, ".json"), about.ToArray());
    }

    private static void Write(string path, byte[] content)
    {
        File.WriteAllBytes(path + ".new", content);
        File.Move(path + ".new", path, overwrite: true);
    }

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    private string PathOf(EditionKind kind, DateOnly date, string ending) => Path.Combine(folder, kind.Id, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + ending);

    private static Edition ReadAbout(EditionKind kind, string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var about = json.RootElement;
            return new Edition(kind, DateOnly.ParseExact(about.GetProperty("date").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture), about.GetProperty("sha256").GetString()!, about.GetProperty("file").GetString()!, about.GetProperty("imported").GetDateTimeOffset(), about.GetProperty("rows").GetInt32());
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path} is no edition: {e.Message} Take it out of the folder, or import the edition again.");
        }
    }
}
