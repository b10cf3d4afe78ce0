using Palermo.Cli.Rules;
using Palermo.Knowledge.Authoring;
using Palermo.Prevent.Bids;
using Palermo.Prevent.Drafting;
using Palermo.Tables;

namespace Palermo.Cli.Bids;

/// <summary>Reads the marks that people gave (bidder, question, evaluator, mark, reason) and the decisions taken (bidder, heard, self-cleaning).</summary>
internal static class MarkFiles
{
    public static IReadOnlyList<Mark> Marks(string? path, Questionnaire questionnaire, IReadOnlyList<BidAnswers> bids)
    {
        var problems = new List<DataProblem>();
        var marks = new List<Mark>();
        foreach (var (row, cell) in Rows(path, ["bidder", "question", "mark"], problems))
        {
            var question = cell("question");
            var known = questionnaire.Questions.FirstOrDefault(q => q.Question.Id == question)?.Question;
            if (known is null || known.Points == 0)
            {
                problems.Add(new DataProblem(path!, row, $"\"{question}\" is no scored question of this questionnaire.", $"Scored are {string.Join(", ", questionnaire.Questions.Where(q => q.Question.Points > 0).Select(q => q.Question.Id))}."));
            }
            else if (!int.TryParse(cell("mark"), out var mark) || mark is < 0 or > Questionnaire.HighestMark)
            {
                problems.Add(new DataProblem(path!, row, $"The mark is \"{cell("mark")}\".", "Give a whole number from 0 to 4, by the published scale."));
            }
            else if (!bids.Any(b => b.Bidder.Trim().Equals(cell("bidder").Trim(), StringComparison.OrdinalIgnoreCase)))
            {
                problems.Add(new DataProblem(path!, row, $"No bid is from \"{cell("bidder")}\".", $"Bidders are {string.Join(", ", bids.Select(b => b.Bidder))}."));
            }
            else
            {
                marks.Add(new Mark(cell("bidder"), question, cell("evaluator"), mark, cell("reason")));
            }
        }

        return problems.Count > 0 ? throw new BadInputException(problems) : marks;
    }

    public static IReadOnlyList<BidDecision> Decisions(string? path, IReadOnlyList<BidAnswers> bids)
    {
        var problems = new List<DataProblem>();
        var decisions = new List<BidDecision>();
        foreach (var (row, cell) in Rows(path, ["bidder", "heard", "self-cleaning"], problems))
        {
            var heard = cell("heard");
            var cleaning = cell("self-cleaning");
            if (heard is not ("yes" or "no") || cleaning is not ("accepted" or "rejected" or ""))
            {
                problems.Add(new DataProblem(path!, row, $"heard is \"{heard}\", self-cleaning is \"{cleaning}\".", "heard is yes or no; self-cleaning is accepted, rejected or blank."));
            }
            else if (!bids.Any(b => b.Bidder.Trim().Equals(cell("bidder").Trim(), StringComparison.OrdinalIgnoreCase)))
            {
                problems.Add(new DataProblem(path!, row, $"No bid is from \"{cell("bidder")}\".", $"Bidders are {string.Join(", ", bids.Select(b => b.Bidder))}."));
            }
            else
            {
                decisions.Add(new BidDecision(cell("bidder"), heard == "yes", cleaning switch { "accepted" => true, "rejected" => false, _ => null }));
            }
        }

        return problems.Count > 0 ? throw new BadInputException(problems) : decisions;
    }

    private static IEnumerable<(int Row, Func<string, string> Cell)> Rows(string? path, string[] needed, List<DataProblem> problems)
    {
        if (path is null)
        {
            yield break;
        }

        if (!File.Exists(path))
        {
            throw new UsageException($"There is no file {path}.");
        }

        using var stream = new MemoryStream(File.ReadAllBytes(path));
        using TableRows rows = path.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase) ? new SheetRows(stream) : new TextRows(stream, () => { });
        var head = rows.Next()?.Select(h => h.Trim().TrimStart('\uFEFF').ToLowerInvariant()).ToArray() ?? [];
        if (needed.FirstOrDefault(n => !head.Contains(n)) is { } missing)
        {
            problems.Add(new DataProblem(path, 1, $"The column \"{missing}\" is missing.", $"The first row names the columns: {string.Join(", ", needed)}."));
            yield break;
        }

        while (rows.Next() is { } row)
        {
            if (row.Any(c => c.Trim().Length > 0))
            {
                yield return (rows.Row, name => Array.IndexOf(head, name) is >= 0 and var at && at < row.Length ? row[at].Trim() : "");
            }
        }
    }
}
