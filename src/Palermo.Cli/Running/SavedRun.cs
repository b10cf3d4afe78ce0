using System.Text.Json;
using Palermo.Procurement;

namespace Palermo.Cli.Running;

/// <summary>The record of an earlier run (FILE.run.json), as far as joining and resuming need it.</summary>
internal sealed record SavedRun(string DataEdition, DateOnly AsOf, bool Interrupted, long FilteredOut, IReadOnlyList<InputRecord> Inputs, IReadOnlyDictionary<string, string> Options, IReadOnlyList<ReadProblem> Problems, IReadOnlyDictionary<ProblemKind, long> ProblemCounts)
{
    /// <summary>Reads the record beside a file of results.</summary>
    /// <exception cref="UsageException">There is none, or it can't be read.</exception>
    public static SavedRun Beside(string results)
    {
        var path = results + ".run.json";
        if (!File.Exists(path))
        {
            throw new UsageException($"There is no {path}, the record that every screening leaves beside --output; without it nobody knows what {results} is of.");
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            return new SavedRun(
                root.GetProperty("dataEdition").GetString()!,
                DateOnly.ParseExact(root.GetProperty("asOf").GetString()!, "yyyy-MM-dd"),
                root.GetProperty("interrupted").GetBoolean(),
                root.GetProperty("filteredOut").GetInt64(),
                [.. root.GetProperty("inputs").EnumerateArray().Select(ReadInput)],
                root.GetProperty("options").EnumerateObject().ToDictionary(o => o.Name, o => o.Value.GetString() ?? "", StringComparer.Ordinal),
                [.. root.GetProperty("problems").EnumerateArray().Select(p => new ReadProblem(Enum.Parse<ProblemKind>(p.GetProperty("kind").GetString()!, ignoreCase: true), Text(p, "file"), p.GetProperty("line").GetInt64(), p.GetProperty("offset").GetInt64(), Text(p, "ocid"), Text(p, "what"), Text(p, "mend")))],
                Enum.GetValues<ProblemKind>().ToDictionary(k => k, k => root.GetProperty(k.ToString().ToLowerInvariant()).GetInt64()));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new UsageException($"{path} is no record of a run of this version: {e.Message}");
        }
    }

    /// <summary>What differs from another run, in words; null if their results belong together.</summary>
    public string? DiffersFrom(string dataEdition, DateOnly asOf, IReadOnlyDictionary<string, string> options)
    {
        if (DataEdition != dataEdition)
        {
            return $"data edition {DataEdition} and {dataEdition}";
        }

        if (AsOf != asOf)
        {
            return $"lists as of {AsOf:yyyy-MM-dd} and {asOf:yyyy-MM-dd}";
        }

        foreach (var name in Options.Keys.Union(options.Keys).Order(StringComparer.Ordinal))
        {
            if (Options.GetValueOrDefault(name, "") != options.GetValueOrDefault(name, ""))
            {
                return $"--{name} \"{Options.GetValueOrDefault(name, "")}\" and \"{options.GetValueOrDefault(name, "")}\"";
            }
        }

        return null;
    }

    private static InputRecord ReadInput(JsonElement input)
    {
        var hash = input.EnumerateObject().First(p => p.Name is not ("name" or "bytes"));
        return new InputRecord(input.GetProperty("name").GetString()!, input.GetProperty("bytes").GetInt64(), hash.Name, hash.Value.GetString() ?? "");
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
