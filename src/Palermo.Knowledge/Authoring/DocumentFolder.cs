using System.Text.Json;
using Palermo.Knowledge.Compendium;
using Palermo.Knowledge.Json;
using Palermo.Knowledge.Rules;

namespace Palermo.Knowledge.Authoring;

/// <summary>The documents of data/: the vocabularies, the packs and the compendium, read and checked together.</summary>
/// <param name="Library">Rules, with their golden cases.</param>
/// <param name="Initiatives">Entries of the compendium.</param>
/// <param name="Sources">Each document as read, by its path relative to data/.</param>
internal sealed record DocumentFolder(RuleLibrary Library, CompendiumData Initiatives, IReadOnlyList<(string File, Located Document)> Sources)
{
    /// <summary>Reads the documents of a folder.</summary>
    /// <returns>The documents, and what is wrong with them; with problems, they must not be used.</returns>
    public static (DocumentFolder Documents, IReadOnlyList<DataProblem> Problems) Load(string folder)
    {
        var all = new List<Problems>();
        var sources = new List<(string, Located)>();
        Located? Open(string file, out Problems problems)
        {
            problems = new Problems(file);
            all.Add(problems);
            var path = Path.Combine(folder, file);
            if (!File.Exists(path))
            {
                problems.Add(1, "The file is missing.", $"Put it back; {folder} must hold the whole of data/.");
                return null;
            }

            var document = RuleLibrary.Parse(File.ReadAllBytes(path), problems);
            if (document is not null)
            {
                sources.Add((file, document));
            }

            return document;
        }

        var measures = Open("measures.json", out var measureProblems) is { } m ? VocabularyReader.Measures(m, measureProblems) : new MeasureList([]);
        var facts = Open("facts.json", out var factProblems) is { } f ? VocabularyReader.Facts(f, factProblems) : new FactList([]);
        var packs = new List<(Pack Pack, Problems Problems)>();
        var initiatives = new List<(Initiative, Problems)>();
        if (measures.All.Count > 0 && facts.All.Count > 0)
        {
            var reader = new PackReader(measures, facts);
            foreach (var file in Files(folder, "packs"))
            {
                if (Open(file, out var problems) is { } document)
                {
                    packs.Add((reader.Read(document, Path.GetFileNameWithoutExtension(file), problems), problems));
                }
            }

            foreach (var file in Files(folder, "compendium"))
            {
                if (Open(file, out var problems) is { } document)
                {
                    initiatives.AddRange(CompendiumReader.Read(document, Path.GetFileNameWithoutExtension(file), measures, problems).Select(i => (i, problems)));
                }
            }

            CheckTogether(packs, initiatives);
        }

        var library = new RuleLibrary(measures, facts, RuleLibrary.Link([.. packs.Select(p => p.Pack).OrderBy(p => p.Id, StringComparer.Ordinal)]));
        return (new DocumentFolder(library, new CompendiumData([.. initiatives.Select(i => i.Item1)]), sources), [.. all.SelectMany(p => p.All)]);
    }

    private static IEnumerable<string> Files(string folder, string part) =>
        Directory.Exists(Path.Combine(folder, part)) ? Directory.EnumerateFiles(Path.Combine(folder, part), "*.json").Select(p => $"{part}/{Path.GetFileName(p)}").Order(StringComparer.Ordinal) : [];

    private static void CheckTogether(List<(Pack Pack, Problems Problems)> packs, List<(Initiative Initiative, Problems Problems)> initiatives)
    {
        var known = initiatives.Select(i => i.Initiative).DistinctBy(i => i.Id).ToDictionary(i => i.Id, StringComparer.Ordinal);
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (pack, problems) in packs)
        {
            foreach (var provision in pack.Obligations.Cast<Provision>().Concat(pack.Determinations))
            {
                if (!ids.TryAdd(provision.Id, pack.Id) && ids[provision.Id] != pack.Id)
                {
                    problems.Add(provision.Line, $"The id \"{provision.Id}\" is taken by the pack {ids[provision.Id]}.", "Give it another id.");
                }
            }

            foreach (var id in pack.Supersedes.Where(s => !packs.Exists(p => p.Pack.Id == s)))
            {
                problems.Add(1, $"{pack.Id} supersedes \"{id}\"; there is no such pack.", "Correct the id, or say it in a note if the older regime is no pack.");
            }

            foreach (var other in pack.Conditions().OfType<WherePackApplies>())
            {
                var named = packs.Find(p => p.Pack.Id == other.Pack).Pack;
                if (named is null || named.Conditions().Any(c => c is WherePackApplies))
                {
                    problems.Add(other.Line, named is null ? $"There is no pack \"{other.Pack}\"." : $"{other.Pack} itself applies where another pack does.", named is null ? "Correct the id." : "Name that other pack: one step is the most, so that a reader sees what is meant.");
                }
            }

            foreach (var id in pack.Initiatives.Where(i => !known.ContainsKey(i)))
            {
                problems.Add(1, $"{pack.Id} names the initiative \"{id}\"; the compendium has none.", "Correct the id or add the entry.");
            }

            foreach (var id in pack.Initiatives.Where(i => known.TryGetValue(i, out var entry) && !entry.Packs.Contains(pack.Id)))
            {
                problems.Add(1, $"{pack.Id} names the initiative \"{id}\", which does not name the pack.", $"Add \"{pack.Id}\" to its \"packs\".");
            }

            if (!pack.Cases.Any(c => c.Origin is "law" or "official-example"))
            {
                problems.Add(1, $"{pack.Id} has no golden case written from the law or an official example.", "Add one with \"origin\": \"law\" and its \"source\"; cases of our own test the engine and not the law.");
            }
        }

        CompendiumReader.CheckTogether(initiatives, [.. packs.Select(p => p.Pack.Id)]);
    }

    /// <summary>Writes what is built into the product: rules without golden cases, and the compendium.</summary>
    public void Write(Stream rules, Stream compendium)
    {
        using (var writer = new Utf8JsonWriter(rules))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("measures");
            LocatedWriter.Write(Source("measures.json"), writer);
            writer.WritePropertyName("facts");
            LocatedWriter.Write(Source("facts.json"), writer);
            writer.WriteStartArray("packs");
            foreach (var (_, document) in Sources.Where(s => s.File.StartsWith("packs/", StringComparison.Ordinal)))
            {
                LocatedWriter.Write(document, writer, without: "cases", sorted: true); // in canonical form: PackReader takes it as such
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        using (var writer = new Utf8JsonWriter(compendium))
        {
            writer.WriteStartArray();
            foreach (var (_, document) in Sources.Where(s => s.File.StartsWith("compendium/", StringComparison.Ordinal)))
            {
                LocatedWriter.Write(document, writer);
            }

            writer.WriteEndArray();
        }
    }

    private Located Source(string file) => Sources.First(s => s.File == file).Document;
}
