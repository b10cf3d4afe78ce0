using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Palermo.Matching.Index;

namespace Palermo.Matching.Lists;

/// <summary>What an added edition changed.</summary>
/// <param name="Added">Parties that were not there.</param>
/// <param name="Changed">Parties that say something else than before.</param>
/// <param name="Removed">Parties that are gone.</param>
public sealed record ListDifference(IReadOnlyList<ListedParty> Added, IReadOnlyList<(ListedParty Before, ListedParty After)> Changed, IReadOnlyList<ListedParty> Removed)
{
    /// <summary>Whether the two editions say the same.</summary>
    public bool IsEmpty => Added.Count + Changed.Count + Removed.Count == 0;
}

/// <summary>
/// A folder of lists: for each a folder with its source, and in it a folder for each edition: the parties (JSON Lines), what
/// is known of the edition, and the index. Editions are added, never overwritten; a folder is renamed into place when it is
/// whole, so that a reader sees an edition whole or not at all.
/// </summary>
public sealed class ListStore(string folder)
{
    private const string PartiesFile = "parties.jsonl";
    private const string EditionFile = "edition.json";
    private const string IndexFile = "names.index";
    private const string DeltaFile = "delta.index";
    private const string BaseFile = "base.txt";

    // More change than this (share of the parties) and the index is built anew.
    private const double MostDelta = 0.15;

    // A file that lacks more than this share of the parties before it looks like a broken download.
    private const double MostLost = 0.3;

    /// <summary>Where lists are kept if nothing else is said: <c>PALERMO_DATA</c>/lists, or palermo/lists among the user's application data.</summary>
    public static string DefaultFolder =>
        Environment.GetEnvironmentVariable("PALERMO_DATA") is { Length: > 0 } own ? Path.Combine(own, "lists")
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "palermo", "lists");

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>The lists, by id.</summary>
    public IReadOnlyList<ListSource> Lists() => !Directory.Exists(folder) ? [] :
        [.. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).Select(d => Path.Combine(d, "list.json")).Where(File.Exists).Select(ReadSource)];

    /// <summary>The list with this id, or null.</summary>
    public ListSource? Find(string id) => IsId(id) && File.Exists(Path.Combine(folder, id, "list.json")) ? ReadSource(Path.Combine(folder, id, "list.json")) : null;

    /// <summary>The editions of a list, the oldest first.</summary>
    public IReadOnlyList<ListEdition> Editions(string id) => [.. EditionFolders(id).Select(ReadEdition)];

    /// <summary>The edition that counts on a day: the last one dated on or before it.</summary>
    public ListEdition? Current(string id, DateOnly? asOf) => Editions(id).LastOrDefault(e => asOf is null || e.Date <= asOf);

    /// <summary>Whether a text can be the id of a list.</summary>
    public static bool IsId(string id) => id.Length is > 0 and <= 60 && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && char.IsAsciiLetterOrDigit(id[0]);

    /// <summary>Adds an edition from a file. Nothing is changed where the file can't be read or looks cut off.</summary>
    /// <param name="source">The list; kept, or replaced if it was there.</param>
    /// <param name="path">The file.</param>
    /// <param name="date">Day from which the edition counts.</param>
    /// <param name="now">Now.</param>
    /// <param name="force">Take an edition that lacks many of the parties before it.</param>
    /// <returns>The edition, and whether it is new (false: the last edition says the same).</returns>
    /// <exception cref="InvalidDataException">It is no such list, or looks broken.</exception>
    public (ListEdition Edition, bool IsNew) Add(ListSource source, string path, DateOnly date, DateTimeOffset now, bool force = false)
    {
        ArgumentNullException.ThrowIfNull(source);
        var format = ListFormats.Find(source.Format) ?? throw new InvalidDataException($"There is no format \"{source.Format}\".");
        var warnings = new List<string>();
        var more = 0;
        var parties = ListReader.Read(format, path, source.Mapping, w => _ = warnings.Count < ListReader.MostWarnings ? Keep(warnings, w) : ++more);
        return Put(source, parties, HashOf(path), date, now, force, () => more > 0 ? [.. warnings, $"… and {more} more"] : warnings);
    }

    /// <summary>Adds an edition by applying a delta (<c>{"op", "entity"}</c> a line, as OpenSanctions publishes them) to the last one.</summary>
    /// <exception cref="InvalidDataException">There is no edition to apply it to, or it is no delta.</exception>
    public (ListEdition Edition, bool IsNew) AddDelta(ListSource source, string path, DateOnly date, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(source);
        var last = EditionFolders(source.Id).LastOrDefault() ?? throw new InvalidDataException($"There is no edition of {source.Id} to apply a delta to. Add the whole list first.");
        var warnings = new List<string>();
        var operations = new Dictionary<string, ListedParty?>(StringComparer.Ordinal);
        foreach (var (_, id, party) in FtmReader.ReadDelta(path, warnings.Add))
        {
            operations[id] = party;
        }

        if (operations.Count == 0)
        {
            throw new InvalidDataException("No operation was found in it. A delta has lines such as {\"op\": \"MOD\", \"entity\": {…}}.");
        }

        IEnumerable<ListedParty> Applied()
        {
            foreach (var party in Parties(last))
            {
                if (operations.Remove(party.Id, out var changed))
                {
                    if (changed is not null)
                    {
                        yield return changed;
                    }
                }
                else
                {
                    yield return party;
                }
            }

            foreach (var added in operations.Values.OfType<ListedParty>())
            {
                yield return added;
            }
        }

        return Put(source, Applied(), HashOf(path), date, now, true, () => warnings);
    }

    /// <summary>Removes a list with all its editions.</summary>
    public bool Remove(string id)
    {
        if (Find(id) is null)
        {
            return false;
        }

        Directory.Delete(Path.Combine(folder, id), recursive: true);
        return true;
    }

    /// <summary>What changed from one edition to another.</summary>
    public ListDifference Diff(string id, DateOnly? from, DateOnly? to)
    {
        var folders = EditionFolders(id).Select(f => (Folder: f, Edition: ReadEdition(f))).ToList();
        var after = folders.LastOrDefault(f => to is null || f.Edition.Date <= to);
        var before = folders.LastOrDefault(f => f.Folder != after.Folder && (from is null ? string.CompareOrdinal(f.Folder, after.Folder) < 0 : f.Edition.Date <= from));
        var old = before.Folder is null ? [] : Parties(before.Folder).ToDictionary(p => p.Id, StringComparer.Ordinal);
        var (added, changed) = (new List<ListedParty>(), new List<(ListedParty, ListedParty)>());
        foreach (var party in after.Folder is null ? [] : Parties(after.Folder))
        {
            if (!old.Remove(party.Id, out var was))
            {
                added.Add(party);
            }
            else if (!Bytes(was).AsSpan().SequenceEqual(Bytes(party)))
            {
                changed.Add((was, party));
            }
        }

        return new ListDifference(added, changed, [.. old.Values.OrderBy(p => p.Id, StringComparer.Ordinal)]);
    }

    /// <summary>Opens the index of the edition that counts on a day.</summary>
    /// <exception cref="InvalidDataException">There is no such edition, or its index is broken.</exception>
    public ListIndex Open(string id, DateOnly? asOf)
    {
        var found = EditionFolders(id).Select(f => (Folder: f, Edition: ReadEdition(f))).LastOrDefault(f => asOf is null || f.Edition.Date <= asOf);
        if (found.Folder is null)
        {
            throw new InvalidDataException(Find(id) is null ? $"There is no list \"{id}\" in {folder}. palermo lists show names those there are; palermo lists add adds one." : $"The list {id} has no edition as of {asOf:yyyy-MM-dd}; its first one is of {Editions(id)[0].Date:yyyy-MM-dd}.");
        }

        try
        {
            return Open(found.Folder, found.Edition);
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
        {
            throw new InvalidDataException($"The index of {id}, edition of {found.Edition.Date:yyyy-MM-dd}, can't be read: {e.Message} palermo lists update {id} makes it anew.", e);
        }
    }

    private static ListIndex Open(string edition, ListEdition about)
    {
        var direct = Path.Combine(edition, IndexFile);
        return File.Exists(direct)
            ? new ListIndex(about, NameIndex.Open(direct), null)
            : new ListIndex(about, NameIndex.Open(Path.Combine(BaseOf(edition), IndexFile)), NameIndex.Open(Path.Combine(edition, DeltaFile)));
    }

    // An index that can't be read (cut off, or of another version of this program) is made anew from the parties.
    private static void Mend(string edition)
    {
        try
        {
            Open(edition, ReadEdition(edition)).Dispose();
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
        {
            Build(edition, JsonSerializer.SerializeToUtf8Bytes(ReadEdition(edition), ListJson.Default.ListEdition));
            File.Delete(Path.Combine(edition, BaseFile));
            File.Delete(Path.Combine(edition, DeltaFile));
        }
    }

    /// <summary>The parties of the edition that counts on a day.</summary>
    public IEnumerable<ListedParty> Parties(string id, DateOnly? asOf) =>
        EditionFolders(id).LastOrDefault(f => asOf is null || ReadEdition(f).Date <= asOf) is { } found ? Parties(found) : [];

    private static int Keep(List<string> list, string item)
    {
        list.Add(item);
        return list.Count;
    }

    private (ListEdition Edition, bool IsNew) Put(ListSource source, IEnumerable<ListedParty> parties, string hash, DateOnly date, DateTimeOffset now, bool force, Func<IReadOnlyList<string>> warnings)
    {
        if (!IsId(source.Id))
        {
            throw new InvalidDataException($"\"{source.Id}\" is no id for a list: use lower-case letters, digits and hyphens.");
        }

        var editions = Path.Combine(folder, source.Id, "editions");
        Directory.CreateDirectory(editions);
        var working = Path.Combine(editions, ".new-" + Guid.NewGuid().ToString("N")[..8]);
        Directory.CreateDirectory(working);
        try
        {
            var (count, names) = Write(parties, Path.Combine(working, PartiesFile));
            var edition = new ListEdition { Source = source, Date = date, Added = now, Hash = hash, Parties = count, Names = names, Warnings = warnings() };
            var last = EditionFolders(source.Id).LastOrDefault();
            if (last is not null && SameFile(Path.Combine(last, PartiesFile), Path.Combine(working, PartiesFile)))
            {
                WriteSource(source);
                Mend(last);
                return (ReadEdition(last), false);
            }

            Check(edition, last, force);
            Index(edition, last, working);
            File.WriteAllBytes(Path.Combine(working, EditionFile), JsonSerializer.SerializeToUtf8Bytes(edition, ListJson.Default.ListEdition));
            var name = string.Create(CultureInfo.InvariantCulture, $"{date:yyyy-MM-dd}-{now.UtcDateTime:yyyyMMddHHmmssfff}-{hash[..8]}");
            WriteSource(source);
            Directory.Move(working, Path.Combine(editions, name));
            return (edition, true);
        }
        finally
        {
            if (Directory.Exists(working))
            {
                Directory.Delete(working, recursive: true);
            }

            if (Find(source.Id) is null && Directory.Exists(editions) && !Directory.EnumerateDirectories(editions).Any())
            {
                Directory.Delete(Path.Combine(folder, source.Id), recursive: true);
            }
        }
    }

    private static void Check(ListEdition edition, string? last, bool force)
    {
        if (edition.Parties == 0)
        {
            throw new InvalidDataException("No party was found in it. Is it the right file, in the right format?");
        }

        if (last is not null && !force && ReadEdition(last) is var before && edition.Parties < before.Parties * (1 - MostLost))
        {
            throw new InvalidDataException($"It has {edition.Parties} parties, the edition of {before.Date:yyyy-MM-dd} has {before.Parties}: it looks like a broken download, and nothing was changed. If it is whole, say so with --force.");
        }
    }

    /// <summary>Builds an index, or a small one beside that of an earlier edition where little changed.</summary>
    private static void Index(ListEdition edition, string? last, string working)
    {
        var about = JsonSerializer.SerializeToUtf8Bytes(edition, ListJson.Default.ListEdition);
        if (last is not null && DeltaFrom(BaseOf(last), working) is { } delta)
        {
            using var builder = new NameIndexBuilder();
            foreach (var (party, bytes) in delta.Put)
            {
                Add(builder, party, bytes);
            }

            using var file = File.Create(Path.Combine(working, DeltaFile));
            builder.Write(file, JsonSerializer.SerializeToUtf8Bytes(delta.Gone, IndexJson.Default.ListInt32));
            File.WriteAllText(Path.Combine(working, BaseFile), Path.GetFileName(BaseOf(last)));
            return;
        }

        Build(working, about);
    }

    private static void Build(string edition, byte[] about)
    {
        using var whole = new NameIndexBuilder();
        foreach (var line in File.ReadLines(Path.Combine(edition, PartiesFile)))
        {
            var bytes = Encoding.UTF8.GetBytes(line);
            Add(whole, JsonSerializer.Deserialize(bytes, ListJson.Default.ListedParty)!, bytes);
        }

        var path = Path.Combine(edition, IndexFile);
        using (var stream = new BufferedStream(File.Create(path + ".new"), 1 << 20))
        {
            whole.Write(stream, about);
        }

        File.Move(path + ".new", path, overwrite: true);
    }

    private static void Add(NameIndexBuilder builder, ListedParty party, byte[] bytes) =>
        builder.Add(party.Kind, party.Names.Select(n => (n.Text, n.Strength switch { "main" => NameStrength.Main, "former" => NameStrength.Former, "weak" => NameStrength.Weak, _ => NameStrength.Alias })), party.Identifiers.Append(ListIndex.OwnId(party.Id)), bytes);

    // An edition's numbers are the lines of its parties: what changed since the base is put beside it, what is gone is crossed out.
    private static (List<(ListedParty Party, byte[] Bytes)> Put, List<int> Gone)? DeltaFrom(string origin, string working)
    {
        var old = new Dictionary<string, (int Number, string Line)>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in File.ReadLines(Path.Combine(origin, PartiesFile)))
        {
            old[JsonSerializer.Deserialize(line, ListJson.Default.ListedParty)!.Id] = (number++, line);
        }

        var most = old.Count * MostDelta;
        var put = new List<(ListedParty, byte[])>();
        var gone = new List<int>();
        foreach (var line in File.ReadLines(Path.Combine(working, PartiesFile)))
        {
            var party = JsonSerializer.Deserialize(line, ListJson.Default.ListedParty)!;
            if (old.Remove(party.Id, out var was) && was.Line == line)
            {
                continue;
            }

            if (was.Line is not null)
            {
                gone.Add(was.Number);
            }

            put.Add((party, Encoding.UTF8.GetBytes(line)));
            if (put.Count > most)
            {
                return null;
            }
        }

        gone.AddRange(old.Values.Select(o => o.Number));
        gone.Sort();
        return gone.Count > most ? null : (put, gone);
    }

    private static string BaseOf(string edition) =>
        File.Exists(Path.Combine(edition, BaseFile)) ? Path.Combine(Path.GetDirectoryName(edition)!, File.ReadAllText(Path.Combine(edition, BaseFile)).Trim()) : edition;

    private static (int Parties, int Names) Write(IEnumerable<ListedParty> parties, string path)
    {
        var (count, names) = (0, 0);
        using var stream = new BufferedStream(File.Create(path), 1 << 16);
        foreach (var party in parties)
        {
            stream.Write(Bytes(party));
            stream.WriteByte((byte)'\n');
            count++;
            names += party.Names.Count;
        }

        return (count, names);
    }

    private static byte[] Bytes(ListedParty party) => JsonSerializer.SerializeToUtf8Bytes(party, ListJson.Default.ListedParty);

    private static IEnumerable<ListedParty> Parties(string edition) => File.ReadLines(Path.Combine(edition, PartiesFile)).Select(l => JsonSerializer.Deserialize(l, ListJson.Default.ListedParty)!);

    private IEnumerable<string> EditionFolders(string id) => Directory.Exists(Path.Combine(folder, id, "editions"))
        ? Directory.EnumerateDirectories(Path.Combine(folder, id, "editions")).Where(d => File.Exists(Path.Combine(d, EditionFile))).Order(StringComparer.Ordinal)
        : [];

    private static ListEdition ReadEdition(string edition) => Read(Path.Combine(edition, EditionFile), ListJson.Default.ListEdition);

    private static ListSource ReadSource(string path) => Read(path, ListJson.Default.ListSource);

    private static T Read<T>(string path, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), type) ?? throw new InvalidDataException($"{path} is empty. Remove the list and add it again.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is broken ({e.Message}). Remove the list and add it again.", e);
        }
    }

    private void WriteSource(ListSource source)
    {
        var path = Path.Combine(folder, source.Id, "list.json");
        File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(source, ListJson.Default.ListSource));
        File.Move(path + ".new", path, overwrite: true);
    }

    private static string HashOf(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static bool SameFile(string a, string b) => new FileInfo(a).Length == new FileInfo(b).Length && HashOf(a) == HashOf(b);
}
