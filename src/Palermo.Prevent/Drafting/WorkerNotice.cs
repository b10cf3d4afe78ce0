using Palermo.Prevent.Drafting.Model;

namespace Palermo.Prevent.Drafting;

/// <summary>The notice that hangs where workers see it: one page.</summary>
internal static class WorkerNotice
{
    public static DraftDocument Write(TenderPack pack, Words words)
    {
        var text = words.Text("notice.rights");
        var chosen = pack.Texts.FirstOrDefault(t => t.Block.Id == "notice.rights");
        var builder = new DocumentBuilder(words, pack.FillIns);
        builder.Plain(text.Main, chosen is null ? new DraftTag("notice.rights", []) : DocumentBuilder.TagOf(chosen));
        return new DraftDocument("notice-to-workers." + words.Code, text.Title, "", words.Code, words["notice.footer"], builder.Blocks);
    }
}
