using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Palermo.Documents.Calendars;
using Palermo.Documents.Docx;
using Palermo.Documents.Html;
using Palermo.Documents.Markdown;
using Palermo.Knowledge.Espd;
using Palermo.Prevent.Drafting;
using Palermo.Prevent.Drafting.Model;
using Palermo.Prevent.Espd;
using Palermo.Prevent.Output;
using Palermo.Prevent.Publishing;

namespace Palermo.Documents.Packs;

/// <summary>A file of a tender pack.</summary>
/// <param name="Name">Its name.</param>
/// <param name="What">What it is, in English.</param>
/// <param name="Content">Its bytes.</param>
public sealed record PackFile(string Name, string What, byte[] Content);

/// <summary>Makes the files of a tender pack.</summary>
public sealed class PackFiles
{
    private readonly List<PackFile> _written = [];

    private PackFiles()
    {
    }

    /// <summary>The documents, what machines read, the calendar, the facts and the manifest.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="biddingOnly">True to leave out what stays in the buyer's file.</param>
    /// <param name="sdk">Minor version of the eForms SDK.</param>
    /// <param name="time">When it is issued.</param>
    public static IReadOnlyList<PackFile> Of(TenderPack pack, bool biddingOnly, int sdk, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(pack);
        var files = new PackFiles();
        files.Write(pack, biddingOnly, sdk, time);
        return files._written;
    }

    private void Write(TenderPack pack, bool biddingOnly, int sdk, DateTimeOffset time)
    {
        var manifest = PackManifest.Write(pack);
        var words = pack.Input.Clauses.Languages[pack.Input.Language].Words;
        foreach (var document in pack.Documents.Where(d => !biddingOnly || d.Id == "bidding-documents"))
        {
            Document(document, pack, manifest, words);
        }

        foreach (var notice in pack.Notices().Where(n => pack.Documents.All(d => d.Id != n.Id)))
        {
            Document(notice, pack, manifest, pack.Input.Clauses.Languages[notice.Language].Words);
        }

        Bytes("manifest.json", Encoding.UTF8.GetBytes(manifest + "\n"), "what was chosen, why, and by which versions");
        Json("facts.json", w => FactsFile.Write(pack.Input.Facts, w), "the facts; edit it and run again");
        if (CalendarWriter.Write(pack.Calendar, pack.Documents[0].Subtitle, pack.Questionnaire.Hash, pack.Input.Day) is { } calendar)
        {
            Bytes("calendar.ics", Encoding.UTF8.GetBytes(calendar), "calendar of the contract for any calendar program");
        }

        Xml("espd-request.xml", new EspdRequestWriter(pack, EspdModel.Shipped, pack.FillIns["tender.procedure"].Value!).Write(time), "ESPD request, EDM 4.1.0");
        Xml("eforms-fragment.xml", EformsFragment.Write(pack, sdk), $"fields of an eForms notice, SDK 1.{sdk.ToString(CultureInfo.InvariantCulture)}");
        Json("ocds-fragment.json", w => OcdsFragment.Write(pack, w), "fields of an OCDS release");
        if (pack.Questionnaire.Questions.Count > 0)
        {
            Json("questionnaire.json", w => QuestionnaireFile.Write(pack, w), "questionnaire for programs: bidders fill in \"answers\"");
            Bytes("questionnaire.csv", Encoding.UTF8.GetBytes(QuestionnaireFile.Csv(pack)), "questionnaire for a spreadsheet: bidders fill in the column answer");
        }
    }

    private void Xml(string name, XDocument document, string what)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false) }))
        {
            document.Save(writer);
        }

        stream.WriteByte((byte)'\n');
        Bytes(name, stream.ToArray(), what);
    }

    private void Json(string name, Action<Utf8JsonWriter> write, string what)
    {
        using var stream = new MemoryStream();
        JsonOut.Write(stream, write);
        Bytes(name, stream.ToArray(), what);
    }

    private void Bytes(string name, byte[] content, string what) => _written.Add(new PackFile(name, what, content));

    private void Document(DraftDocument document, TenderPack pack, string manifest, IReadOnlyDictionary<string, string> words)
    {
        Bytes(document.Id + ".docx", DocxWriter.Write(document, pack.Input.Day, manifest), document.Title);
        Bytes(document.Id + ".html", Encoding.UTF8.GetBytes(HtmlWriter.Write(document, words["html.skip"], words["html.contents"])), document.Title);
        Bytes(document.Id + ".md", Encoding.UTF8.GetBytes(MarkdownWriter.Write(document)), document.Title);
    }
}
