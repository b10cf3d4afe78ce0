using System.Text.Json;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Explaining;
using Palermo.Prevent.Output;
using Palermo.Prevent.Rules;

namespace Palermo.Cli.Rules;

/// <summary>
/// A ruling kept with the packs that made it. Whatever becomes of the packs, it can be judged again by the versions that
/// bound the tender, and held against those of today.
/// </summary>
internal static class SavedRuling
{
    public static void Save(string path, string tender, TenderFacts facts, Ruling ruling)
    {
        using var output = Commands.CommonOptions.OpenOutput(path);
        using var writer = new Utf8JsonWriter(output, JsonOut.Options);
        var kept = ruling.Packs.Where(p => p.Applies != Truth.False).Select(p => p.Pack).ToList();
        foreach (var other in kept.SelectMany(p => p.Conditions()).OfType<WherePackApplies>().Select(w => w.Pack).Distinct(StringComparer.Ordinal).ToArray())
        {
            if (!kept.Exists(p => p.Id == other) && ruling.Packs.FirstOrDefault(p => p.Pack.Id == other) is { } needed)
            {
                kept.Add(needed.Pack);
            }
        }

        writer.WriteStartObject();
        writer.WriteString("schema", "palermo.ruling/1");
        writer.WriteString("tender", tender);
        writer.WriteStartObject("input");
        if (facts.AsOf is { } day)
        {
            writer.WriteString("asOf", day.ToString("yyyy-MM-dd", null));
        }

        FactWriter.WriteAll(facts.Facts, writer);
        writer.WriteStartArray("rates");
        foreach (var rate in facts.Rates)
        {
            writer.WriteStartObject();
            writer.WriteString("from", rate.From);
            writer.WriteString("to", rate.To);
            writer.WriteNumber("rate", rate.Rate);
            writer.WriteString("date", rate.Date.ToString("yyyy-MM-dd", null));
            writer.WriteString("source", rate.Source);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteStartArray("packs");
        foreach (var pack in kept.OrderBy(p => p.Id, StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("pin", pack.Pin);
            writer.WriteStartArray("binding");
            foreach (var id in Binding(ruling, pack.Id))
            {
                writer.WriteStringValue(id);
            }

            writer.WriteEndArray();
            writer.WritePropertyName("pack");
            writer.WriteRawValue(pack.Canonical.Span);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Judges a saved ruling again, by its own packs and by today's, and says what differs.</summary>
    public static int JudgeAgain(string path, RuleLibrary today)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"--again {path}: there is no such file.");
        }

        var (facts, packs, pins, binding) = Read(path, today);
        var own = Judge(new RuleLibrary(today.Measures, today.Facts, packs), facts);
        var now = Judge(today, facts);
        Console.Out.WriteLine($"# {path} judged again");
        Console.Out.WriteLine();
        foreach (var pack in own.Packs)
        {
            var bound = Binding(own, pack.Pack.Id);
            var same = bound.SequenceEqual(binding[pack.Pack.Id], StringComparer.Ordinal);
            Console.Out.WriteLine($"- {pins[pack.Pack.Id]}: by the pack it keeps, {(bound.Count == 0 ? $"nothing binds ({pack.Reason.TrimEnd('.')})" : string.Join(", ", bound))}{(same ? "; as saved" : $"; saved was {string.Join(", ", binding[pack.Pack.Id])}")}.");
            if (now.Packs.FirstOrDefault(p => p.Pack.Id == pack.Pack.Id) is not { } today2)
            {
                Console.Out.WriteLine("  Today there is no such pack.");
                continue;
            }

            var after = Binding(now, pack.Pack.Id);
            var added = after.Except(bound).ToArray();
            var gone = bound.Except(after).ToArray();
            Console.Out.WriteLine($"  Today's {today2.Pack.Pin}: {(today2.Pack.Hash == pack.Pack.Hash ? "the same pack" : "another edition of the pack")}; {(added.Length + gone.Length == 0 ? "the same binds" : $"{(added.Length > 0 ? $"added {string.Join(", ", added)}" : "")}{(added.Length > 0 && gone.Length > 0 ? "; " : "")}{(gone.Length > 0 ? $"no longer {string.Join(", ", gone)}" : "")}")}.");
        }

        foreach (var pack in now.Packs.Where(p => p.Applies == Truth.True && !own.Packs.Any(o => o.Pack.Id == p.Pack.Id)))
        {
            Console.Out.WriteLine($"- New today: {pack.Pack.Pin} binds: {string.Join(", ", Binding(now, pack.Pack.Id))}.");
        }

        return ExitCode.Success;
    }

    private static (TenderFacts Facts, List<Pack> Packs, Dictionary<string, string> Pins, Dictionary<string, List<string>> Binding) Read(string path, RuleLibrary library)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            if (root.GetProperty("schema").GetString() != "palermo.ruling/1")
            {
                throw new UsageException($"--again {path}: the file is no ruling saved with --save.");
            }

            var (facts, problems, _) = library.ReadFacts(System.Text.Encoding.UTF8.GetBytes(root.GetProperty("input").GetRawText()), path);
            if (facts is null)
            {
                throw new BadInputException(problems);
            }

            var packs = new List<Pack>();
            var pins = new Dictionary<string, string>(StringComparer.Ordinal);
            var binding = new Dictionary<string, List<string>>(StringComparer.Ordinal);
            foreach (var entry in root.GetProperty("packs").EnumerateArray())
            {
                var (pack, mistakes) = library.ReadPack(System.Text.Encoding.UTF8.GetBytes(entry.GetProperty("pack").GetRawText()), path);
                packs.Add(pack ?? throw new BadInputException(mistakes));
                pins[pack.Id] = entry.GetProperty("pin").GetString()!;
                binding[pack.Id] = [.. entry.GetProperty("binding").EnumerateArray().Select(e => e.GetString()!)];
            }

            var linked = new RuleLibrary(library.Measures, library.Facts, []).With(packs).Packs;
            if (linked.FirstOrDefault(p => p.Pin != pins[p.Id]) is { } changed)
            {
                throw new UsageException($"--again {path}: the pack kept as {pins[changed.Id]} is {changed.Pin}; somebody changed the file.");
            }

            return (facts, [.. linked], pins, binding);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new UsageException($"--again {path}: the file is no ruling saved with --save: {e.Message}");
        }
    }

    private static Ruling Judge(RuleLibrary library, TenderFacts facts)
    {
        var engine = new RuleEngine(library);
        var sheet = engine.NewSheet();
        sheet.Load(facts);
        return RulingMaker.Make(engine, sheet);
    }

    private static List<string> Binding(Ruling ruling, string pack) =>
        [.. ruling.Packs.Where(p => p.Pack.Id == pack).SelectMany(p => p.Provisions).Where(p => p.Result == Truth.True).Select(p => p.Provision.Id)];
}
