using System.Globalization;
using Palermo.Knowledge.Clauses;
using Palermo.Prevent.Drafting.Model;

namespace Palermo.Prevent.Drafting;

/// <summary>Ties each section to the obligation that asks for it, its citation and the version of the pack; or says that the risk alone does.</summary>
internal static class AnnexTable
{
    public static void Write(DocumentBuilder builder, TenderPack pack, Words words)
    {
        builder.Table(words["annex.caption"], [words["column.number"], words["column.text"], words["column.why"], words["column.rule"]], [9, 25, 20, 46],
            [.. builder.Placed.Select(p => (IReadOnlyList<IReadOnlyList<Run>>)
            [
                [p.Number],
                [words.Text(p.Text.Block.Id).Title, new Run(RunKind.Text, $" [{p.Text.Block.Id} v{p.Text.Block.Version.ToString(CultureInfo.InvariantCulture)} {ClauseLibrary.Hash(words.Text(p.Text.Block.Id))}]")],
                [Why(p.Text, pack, words)],
                Rules(p.Text, words),
            ])], new DraftTag("annex", []));
    }

    public static string Why(ChosenText text, TenderPack pack, Words words) => text.Why switch
    {
        Reason.Rule => words["why.rule"],
        Reason.Buyer => words["why.buyer"],
        _ => words.Say("why.risk", words["level." + pack.Risk.Level.ToString().ToLowerInvariant()].ToLowerInvariant(), text.Block.Standard),
    };

    private static IReadOnlyList<Run> Rules(ChosenText text, Words words)
    {
        if (text.Demands.Count == 0)
        {
            return [words["annex.no-rule"]];
        }

        var runs = new List<Run>();
        foreach (var demand in text.Demands.DistinctBy(d => (d.Demand.Pack.Id, d.Demand.Provision.Id)))
        {
            if (runs.Count > 0)
            {
                runs.Add("; ");
            }

            runs.Add($"{words[demand.Asks ? "strength." + demand.Demand.Strength.ToString().ToLowerInvariant() : "strength.may"]}: ");
            runs.AddRange(Titles.Cited(demand.Demand.Provision, words));
            runs.Add($" [{demand.Demand.Provision.Id}, {demand.Demand.Pack.Pin}]");
        }

        return runs;
    }
}
