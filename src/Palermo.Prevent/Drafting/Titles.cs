using Palermo.Knowledge.Rules;
using Palermo.Prevent.Drafting.Model;
using Palermo.Prevent.Explaining;

namespace Palermo.Prevent.Drafting;

/// <summary>What all documents of a pack have in common.</summary>
internal static class Titles
{
    public static string Of(TenderPack pack, Words words) =>
        string.Join(", ", new[] { pack.FillIns["tender.title"].Value ?? words["open.tender.title"], pack.FillIns["tender.reference"].Value, pack.FillIns["buyer.name"].Value }.OfType<string>());

    public static string Footer(TenderPack pack, Words words) => words.Say("footer", words.Day(pack.Input.Day), pack.Input.Catalogue.Edition);

    /// <summary>A citation with its address and whether it was seen in the source.</summary>
    public static IReadOnlyList<Run> Cited(Provision provision, Words words)
    {
        var text = provision.Citation.ToString();
        return
        [
            provision.Citation.Url is { } url && Uri.TryCreate(url, UriKind.Absolute, out var address) && !url.Contains("...", StringComparison.Ordinal) ? new Run(RunKind.Link, text, address.ToString()) : text,
            " (" + words[provision.Checked.StartsWith("source", StringComparison.Ordinal) ? "checked.source" : provision.Checked.StartsWith("mixed", StringComparison.Ordinal) ? "checked.mixed" : "checked.memory"] + ")",
        ];
    }

    public static IReadOnlyList<Run> Question(Question question, Words words)
    {
        var (text, foreign) = words.Question(question.Need, question.Text);
        return [foreign ? new Run(RunKind.Foreign, text, "en") : text, $" ({words["knows." + question.Known]})"];
    }

    /// <summary>False for what can only be known of a bidder or once the contract runs: it is no gap of the buyer's preparation.</summary>
    public static bool IsDecidedBeforeTender(string need) =>
        !need.StartsWith("supplier.", StringComparison.Ordinal) && !need.StartsWith("event.", StringComparison.Ordinal) && !need.StartsWith("subcontract.", StringComparison.Ordinal)
        && need is not ("contract.awardDate" or "contract.value" or "procedure.decisionDate" or "delivery.date" or "import.date" or "financial-year.start");
}
