using Palermo.Documents.Packs;
using Palermo.Prevent.Drafting;
using Palermo.Prevent.Rules;

namespace Palermo.Cli.Tender;

/// <summary>Writes a pack and says what was written and what is left to do.</summary>
internal static class PackReport
{
    public static void Write(TenderPack pack, string folder, bool biddingOnly, bool json, int sdk, DateTimeOffset time)
    {
        var files = PackFiles.Of(pack, biddingOnly, sdk, time);
        PackFolder.Write(folder, files);
        if (json)
        {
            Console.Out.WriteLine(PackManifest.Write(pack));
            return;
        }

        var binding = pack.Input.Ruling.Packs.Count(p => p.Applies == Truth.True);
        Console.Out.WriteLine($"Risk: {pack.Risk.Level.ToString().ToLowerInvariant()} ({pack.Risk.How}). Regimes that bind: {binding}. Texts: {pack.Texts.Count}, of which {pack.Texts.Count(t => t.Why == Reason.Rule)} because a rule asks. Questions to bidders: {pack.Questionnaire.Questions.Count}.{(pack.IsLight ? " Light form." : "")}");
        Console.Out.WriteLine();
        foreach (var group in files.GroupBy(f => f.What))
        {
            Console.Out.WriteLine($"  {string.Join(", ", group.Select(g => Path.Combine(folder, g.Name)))}: {group.Key}");
        }

        Console.Out.WriteLine();
        var open = pack.FillIns.Values.Where(f => f.Value is null).Select(f => f.FillIn.Id).ToArray();
        Console.Out.WriteLine($"Open questions: {pack.Input.Ruling.Questions.Count}. Open places: {(open.Length == 0 ? "none" : string.Join(", ", open))}. To weigh: {pack.Warnings.Count}. The officer's file says which.");
    }
}
