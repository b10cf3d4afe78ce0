using System.Globalization;
using Palermo.Knowledge.Clauses;

namespace Palermo.Prevent.Bids;

/// <summary>Tests of a bidder's answers. A test of something that was not answered is neither true nor false.</summary>
internal sealed class AnswerTests(BidAnswers bid)
{
    public bool? YesNo(string question) => Text(question) is { } text ? AnswerValues.YesNo(text) : null;

    public decimal? Number(string name) => name == "bid.price" ? bid.Price : Text(name) is { } text ? AnswerValues.Number(text) : null;

    public DateOnly? Day(string question) => Text(question) is { } text ? AnswerValues.Day(text) : null;

    public bool? Holds(AnswerTest test)
    {
        if (test.Right == "none")
        {
            return Text(test.Left[0]) is null;
        }

        if (test.Right is "yes" or "no")
        {
            var answer = test.Left[0].StartsWith("espd.", StringComparison.Ordinal) ? bid.Espd?.Grounds.FirstOrDefault(g => g.Code == test.Left[0]["espd.".Length..])?.Answer : YesNo(test.Left[0]);
            return answer is null ? null : answer == (test.Right == "yes");
        }

        decimal? left = 1;
        foreach (var name in test.Left)
        {
            left *= Number(name);
        }

        var right = decimal.TryParse(test.Right, CultureInfo.InvariantCulture, out var value) ? value : Number(test.Right);
        return left is null || right is null ? null : test.Sign switch { '>' => left > right, '<' => left < right, _ => left == right };
    }

    private string? Text(string name) => bid.Answers.TryGetValue(name, out var answer) && answer.Text.Trim() is { Length: > 0 } text ? text : null;
}
