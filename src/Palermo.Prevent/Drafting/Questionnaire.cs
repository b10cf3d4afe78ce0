using System.Security.Cryptography;
using System.Text;
using Palermo.Knowledge.Clauses;

namespace Palermo.Prevent.Drafting;

/// <summary>The questions of one tender: the same, with the same points, for every bidder of a lot.</summary>
/// <param name="Questions">Questions, in their order.</param>
/// <param name="Weight">Weight of the award criterion in per cent; 0 if the answers are not scored.</param>
/// <param name="Language">Language of the wording.</param>
/// <param name="Hash">First sixteen hexadecimal digits of the SHA-256 of <see cref="Canonical"/>: the same number is the same questionnaire.</param>
/// <param name="Canonical">What is hashed: one line for each question, with its kind, points and wording, then the scale.</param>
public sealed record Questionnaire(IReadOnlyList<ChosenQuestion> Questions, int Weight, string Language, string Hash, string Canonical)
{
    /// <summary>Highest mark on the scale.</summary>
    public const int HighestMark = 4;

    /// <summary>Points of all scored questions together.</summary>
    public int Points => Questions.Sum(q => q.Question.Points);

    internal static Questionnaire Of(IReadOnlyList<ChosenQuestion> questions, int weight, Words words)
    {
        var canonical = new StringBuilder();
        foreach (var chosen in questions)
        {
            var text = words.Text(chosen.Question.Id);
            canonical.Append(chosen.Question.Id).Append('\t').Append(chosen.Question.Answer).Append('\t').Append(chosen.Question.Kind).Append('\t').Append(chosen.Question.Points).Append('\t').AppendJoin(' ', text.Main.Select(p => p.Text)).Append('\n');
        }

        canonical.Append("weight\t").Append(weight).Append('\n');
        foreach (var part in words.Text("award.criterion").Main.Where(p => p.IsPoint))
        {
            canonical.Append(part.Text).Append('\n');
        }

        var bytes = Encoding.UTF8.GetBytes(canonical.ToString());
        return new Questionnaire(questions, weight, words.Code, Convert.ToHexStringLower(SHA256.HashData(bytes))[..16], canonical.ToString());
    }
}
