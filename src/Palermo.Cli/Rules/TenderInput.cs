using System.Text.Json;
using Palermo.Identify;
using Palermo.Knowledge.Authoring;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Facts;
using Palermo.Prevent.Gaps;

namespace Palermo.Cli.Rules;

/// <summary>A tender that rules are asked of: what is known of it, and, if it is published, what the publication shows.</summary>
/// <param name="Name">File, and the ocid if it is a published process.</param>
/// <param name="Facts">What is known.</param>
/// <param name="Published">The publication, read for safeguards; null for a file of facts.</param>
/// <param name="Assessment">The screening of the publication; null for a file of facts.</param>
internal sealed record TenderInput(string Name, TenderFacts Facts, SafeguardReader? Published, Assessment? Assessment = null)
{
    private const int LongestFactsFile = 4 << 20;

    /// <summary>Reads a tender: a file of facts, or OCDS, eForms, CSV, XLSX with one process (or the one of <paramref name="ocid"/>).</summary>
    /// <exception cref="UsageException">It holds no process, or several.</exception>
    /// <exception cref="BadInputException">It can't be read; the message says where.</exception>
    public static TenderInput Read(string path, string? ocid, RuleLibrary rules, DateOnly today)
    {
        if (path != "-" && !File.Exists(path) && !Directory.Exists(path))
        {
            throw new UsageException($"There is no file {path}.");
        }

        if (path != "-" && File.Exists(path) && new FileInfo(path).Length <= LongestFactsFile && File.ReadAllBytes(path) is var bytes && IsFacts(bytes))
        {
            var (facts, problems, remarks) = rules.ReadFacts(bytes, path);
            foreach (var remark in remarks)
            {
                Console.Error.WriteLine($"palermo: {remark}");
            }

            return facts is not null ? new TenderInput(path, facts, null) : throw new BadInputException(problems);
        }

        return Process(path, ocid, rules, today);
    }

    // {"facts": …}: nothing that is published has this key at its top.
    private static bool IsFacts(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json.StartsWith(System.Text.Encoding.UTF8.Preamble) ? json[3..] : json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("facts"u8) || reader.ValueTextEquals("asOf"u8))
                {
                    return true;
                }

                reader.Skip();
            }

            return false;
        }
        catch (JsonException)
        {
            return false; // the readers of publications say what is wrong with it
        }
    }

    private static TenderInput Process(string path, string? ocid, RuleLibrary rules, DateOnly today)
    {
        var (found, ocids, problems) = PublishedTender.Read(path, ocid, rules, today);
        if (found is not null)
        {
            return new TenderInput($"{path}, {found.Ocid}", found.Facts, found.Safeguards, found.Assessment);
        }

        if (ocids.Count == 0)
        {
            throw new BadInputException([.. problems.Select(p => new DataProblem(p.File, (int)p.Line, p.What, p.Mend)).DefaultIfEmpty(new DataProblem(path, 1, "There is no contracting process and no \"facts\" in it.", "Give OCDS, an eForms notice, or {\"asOf\": \"2026-03-01\", \"facts\": {\"buyer.country\": \"NO\"}}."))]);
        }

        throw new UsageException(ocid is not null
            ? $"{path} has no process {ocid}; it has {Some(ocids)}."
            : $"{path} holds {ocids.Count} processes; rules are asked of one. Name it with --ocid: {Some(ocids)}. For all of them: palermo screen {path} --rules.");
    }

    private static string Some(IReadOnlyList<string> ocids) => string.Join(", ", ocids.Take(5)) + (ocids.Count > 5 ? " …" : "");
}

/// <summary>Input that can't be read: each problem says where, what and how to mend it.</summary>
internal sealed class BadInputException(IReadOnlyList<DataProblem> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<DataProblem> Problems { get; } = problems;
}
