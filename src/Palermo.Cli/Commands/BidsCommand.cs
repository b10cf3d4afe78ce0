using System.CommandLine;
using System.Text;
using System.Text.Json;
using Palermo.Cli.Bids;
using Palermo.Cli.Rules;
using Palermo.Cli.Tender;
using Palermo.Documents.Docx;
using Palermo.Documents.Html;
using Palermo.Documents.Markdown;
using Palermo.Documents.Packs;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Bids;
using Palermo.Prevent.Drafting;

namespace Palermo.Cli.Commands;

/// <summary><c>palermo bids</c>: assesses returned questionnaires and ESPD responses.</summary>
internal static class BidsCommand
{
    public static Command Create(TimeProvider clock)
    {
        var options = new TenderOptions();
        var inputs = CommonOptions.Inputs("Questionnaires (JSON, CSV, XLSX, DOCX) and ESPD responses (XML), or folders of them; a folder within a folder is one bidder.");
        var pack = new Option<string?>("--tender-pack") { Description = "Folder of the tender pack that bidders answered to, or its manifest.json.", HelpName = "FOLDER", Required = true };
        var marks = new Option<string?>("--marks") { Description = "Table of the marks people gave: bidder, question, evaluator, mark (0 to 4), reason. The evaluator \"settled\" counts where others differ.", HelpName = "FILE" };
        var decisions = new Option<string?>("--decisions") { Description = "Table of decisions: bidder, heard (yes, no), self-cleaning (accepted, rejected or blank).", HelpName = "FILE" };
        var day = CommonOptions.Date("--as-of", "Day of the decision, on which look-backs end; today otherwise.");
        var output = new Option<string?>("--output", "-o") { Description = "Folder for the report (DOCX, HTML, Markdown, JSON) and the letters to bidders.", HelpName = "FOLDER" };
        var format = new Option<string>("--format", "-f") { Description = "What goes to standard output: markdown or json.", DefaultValueFactory = _ => "markdown" };
        format.AcceptOnlyFromAmong("markdown", "json");
        var command = new Command("bids", """
            Assess what bidders returned: answered, evidenced, inconsistent; grounds with look-backs computed; scores by the published scale; prices that ask for an explanation.
              Example: palermo bids returned/ --tender-pack pack --marks marks.csv --output assessment
              Exit codes: 0 success; 2 wrong usage; 3 an answer file can't be read: no bid is assessed in part; 4 a fault of Palermo.
            """) { inputs, pack, marks, decisions, day, output, format, options.Texts, options.Pack };
        command.SetAction(parsed =>
        {
            try
            {
                var paths = parsed.GetValue(inputs) ?? [];
                if (paths.Length == 0)
                {
                    throw new UsageException("Name what bidders returned: palermo bids returned/ --tender-pack pack.");
                }

                var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
                var tender = Redraw(parsed, options, parsed.GetValue(pack)!, today);
                var bids = AnswerFiles.Read(paths);
                if (bids.Count == 0)
                {
                    throw new UsageException($"There are no answers in {string.Join(", ", paths)}: JSON, CSV, XLSX, DOCX and XML are read.");
                }

                var assessed = new BidAssessor(tender, parsed.GetValue(day) ?? today).Assess(bids, MarkFiles.Marks(parsed.GetValue(marks), tender.Questionnaire, bids), MarkFiles.Decisions(parsed.GetValue(decisions), bids));
                Write(tender, assessed, parsed.GetValue(output), parsed.GetValue(format) == "json");
                return ExitCode.Success;
            }
            catch (BadInputException e)
            {
                return RulesCommand.Tell(e);
            }
        });
        return command;
    }

    // The pack is drawn up again from its own facts; its questionnaire must come out the same, or bidders answered other questions.
    private static TenderPack Redraw(ParseResult parsed, TenderOptions options, string path, DateOnly today)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, "manifest.json") : path;
        if (!File.Exists(file))
        {
            throw new UsageException($"--tender-pack {path}: there is no manifest.json. Name the folder that palermo tender --output wrote.");
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            var root = json.RootElement;
            if (root.GetProperty("schema").GetString() != PackManifest.Schema)
            {
                throw new UsageException($"--tender-pack {path}: {file} is no manifest of a tender pack.");
            }

            var rules = options.Rules(parsed);
            var (facts, problems, _) = rules.ReadFacts(Encoding.UTF8.GetBytes(root.GetProperty("tender").GetRawText()), file);
            if (facts is null)
            {
                throw new BadInputException(problems);
            }

            var day = DateOnly.ParseExact(root.GetProperty("date").GetString()!, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            var draft = options.Draft(parsed, rules, new TenderInput(file, facts, null), facts with { AsOf = facts.AsOf ?? day }, today) with
            {
                Language = root.GetProperty("language").GetString()!,
                Light = root.GetProperty("light").GetBoolean(),
                Include = Texts(root, "include"),
                Exclude = Texts(root, "exclude"),
            };
            var pack = TenderOptions.DrawUp(draft);
            var hash = root.GetProperty("questionnaire").GetProperty("hash").GetString();
            if (pack.Questionnaire.Hash != hash)
            {
                Console.Error.WriteLine($"palermo: The pack kept questionnaire {hash}; its facts give {pack.Questionnaire.Hash} today, because rules or texts changed since. Bidders are judged by the pack's own questions where they are still the same; assess with the version that drew the pack up, or give its texts with --texts.");
            }

            return pack;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new UsageException($"--tender-pack {path}: {file} is no manifest of a tender pack: {e.Message}");
        }
    }

    private static string[] Texts(JsonElement root, string name) =>
        root.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(e => e.GetString()!)] : [];

    private static void Write(TenderPack tender, IReadOnlyList<BidAssessment> bids, string? folder, bool json)
    {
        var report = new BidReport(tender, bids);
        var document = report.Report();
        if (folder is not null)
        {
            var words = tender.Input.Clauses.Languages[tender.Input.Language].Words;
            Directory.CreateDirectory(folder);
            foreach (var one in report.Letters().Prepend(document))
            {
                File.WriteAllBytes(Path.Combine(folder, one.Id + ".docx"), DocxWriter.Write(one, tender.Input.Day, PackManifest.Write(tender)));
                File.WriteAllText(Path.Combine(folder, one.Id + ".html"), HtmlWriter.Write(one, words["html.skip"], words["html.contents"]));
                File.WriteAllText(Path.Combine(folder, one.Id + ".md"), MarkdownWriter.Write(one));
            }

            using var file = File.Create(Path.Combine(folder, "bids.json"));
            BidsJson.Write(file, tender, bids);
            Console.Error.WriteLine($"palermo: The report and {report.Letters().Count} letters are in {folder}.");
        }

        if (json)
        {
            using var output = Console.OpenStandardOutput();
            BidsJson.Write(output, tender, bids);
        }
        else
        {
            Console.Out.WriteLine(MarkdownWriter.Write(document));
        }
    }
}
