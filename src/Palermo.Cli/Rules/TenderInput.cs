using System.Text.Json;
using Palermo.Identify;
using Palermo.Knowledge;
using Palermo.Knowledge.Authoring;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Facts;
using Palermo.Prevent.Gaps;
using Palermo.Procurement;

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
        var catalogue = Catalogue.Default;
        using var source = new ProcessSource([path], new ReadOptions { Threads = 1 });
        source.Index(CancellationToken.None);
        var screener = new Screener(catalogue, new ScreeningOptions(today));
        var reader = new BatchReader();
        var facts = new ProcessFacts(catalogue, rules.Facts);
        TenderInput? found = null;
        var seen = new List<string>();
        var problems = new List<ReadProblem>();
        while (source.Next() is { } batch)
        {
            using (batch)
            {
                reader.Read(batch, (process, origin) =>
                {
                    seen.Add(process.Ocid.Value);
                    if (found is null && (ocid is null || process.Ocid.Value == ocid))
                    {
                        found = Take(path, process, screener.Assess(process, origin), facts, rules.Facts, catalogue);
                    }
                }, problems.Add);
            }
        }

        if (found is not null && (seen.Count == 1 || ocid is not null))
        {
            return found;
        }

        if (seen.Count == 0)
        {
            throw new BadInputException([.. problems.Select(p => new DataProblem(p.File, (int)p.Line, p.What, p.Mend)).DefaultIfEmpty(new DataProblem(path, 1, "There is no contracting process and no \"facts\" in it.", "Give OCDS, an eForms notice, or {\"asOf\": \"2026-03-01\", \"facts\": {\"buyer.country\": \"NO\"}}."))]);
        }

        throw new UsageException(ocid is not null
            ? $"{path} has no process {ocid}; it has {Some(seen)}."
            : $"{path} holds {seen.Count} processes; rules are asked of one. Name it with --ocid: {Some(seen)}. For all of them: palermo screen {path} --rules.");
    }

    private static string Some(List<string> ocids) => string.Join(", ", ocids.Take(5)) + (ocids.Count > 5 ? " …" : "");

    private static TenderInput Take(string path, ContractingProcess process, Assessment assessment, ProcessFacts reader, FactList vocabulary, Catalogue catalogue)
    {
        var facts = new Dictionary<string, FactValue>(StringComparer.Ordinal);
        var origins = new Dictionary<string, string>(StringComparer.Ordinal);
        reader.Read(process, assessment, (place, value, origin) =>
        {
            facts[vocabulary.All[place].Name] = value;
            origins[vocabulary.All[place].Name] = origin;
        });
        var published = new SafeguardReader(catalogue);
        published.Read(process);
        var title = assessment.Title.ToString();
        return new TenderInput($"{path}, {process.Ocid}", new TenderFacts { Facts = facts, Origins = origins, Title = title, Description = Description(process), FillIns = FillIns(process) }, published, assessment.Kept());
    }

    private static string Description(ContractingProcess process)
    {
        const int longest = 600; // what a brief can hold
        var passage = process.Passages.Find(p => p.Path == "$.tender.description");
        var text = passage.Text.IsEmpty ? "" : string.Join(' ', passage.Text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= longest ? text : text[..text.LastIndexOf(' ', longest)] + " …";
    }

    // What a publication says of the buyer and of the days of the contract stands in documents.
    private static Dictionary<string, string> FillIns(ContractingProcess process)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal) { ["tender.reference"] = process.Ocid.Value };
        void Add(string name, Utf8Text text)
        {
            var words = string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (words.Length is > 0 and <= 2_000)
            {
                found[name] = words;
            }
        }

        Add("buyer.name", process.BuyerName);
        if (process.Parties.Find(p => (p.Roles & PartyRoles.Buyer) != 0 && (process.BuyerId.IsEmpty || p.Id.Is(process.BuyerId.Span))) is { } buyer)
        {
            Add("buyer.id", buyer.IdentifierId);
            Add("buyer.street", buyer.Street);
            Add("buyer.city", buyer.Locality);
            Add("buyer.postcode", buyer.PostalCode);
        }

        foreach (var (name, text) in new[] { ("contract.start", process.Tender.ContractPeriod.Start.ToString()), ("contract.end", process.Tender.ContractPeriod.End.ToString()) })
        {
            if (text.Length >= 10 && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", out _))
            {
                found[name] = text[..10];
            }
        }

        return found;
    }
}

/// <summary>Input that can't be read: each problem says where, what and how to mend it.</summary>
internal sealed class BadInputException(IReadOnlyList<DataProblem> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<DataProblem> Problems { get; } = problems;
}
