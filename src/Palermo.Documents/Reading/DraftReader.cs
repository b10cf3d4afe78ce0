using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Palermo.Documents.Docx;
using Palermo.Prevent.Checking;
using static System.StringComparison;

namespace Palermo.Documents.Reading;

/// <summary>A draft that can't be read; the message says what is wrong and how to mend it.</summary>
public sealed class UnreadableDraftException(string message) : Exception(message);

/// <summary>Reads drafts and filled-in forms: DOCX, ODT, HTML, Markdown, plain text.</summary>
public static partial class DraftReader
{
    private const long LongestPart = 64L << 20; // of a package, unpacked
    private static readonly XNamespace s_text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";

    /// <summary>Reads a draft.</summary>
    /// <param name="content">The file.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <exception cref="UnreadableDraftException">It is of no kind that is read, or broken.</exception>
    public static DraftText Read(byte[] content, string name)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (content.AsSpan().StartsWith("PK\x03\x04"u8))
        {
            return Package(content, name);
        }

        if (content.AsSpan().StartsWith("%PDF"u8))
        {
            throw new UnreadableDraftException($"{name} is a PDF: paragraphs can't be told apart in it. Give the DOCX, ODT, HTML, Markdown or text it was made from.");
        }

        if (content is [0xD0, 0xCF, 0x11, 0xE0, ..])
        {
            throw new UnreadableDraftException($"{name} is in Word's format of before 2007. Save it as DOCX.");
        }

        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            throw new UnreadableDraftException($"{name} is no text in UTF-8 (byte {e.Index}). Save it as UTF-8, or give the DOCX.");
        }

        return HtmlStart().IsMatch(text) ? Html(text) : Lines(text);
    }

    /// <summary>Answers typed into the content controls of a DOCX form, by their name; a control that still shows its placeholder has none.</summary>
    /// <exception cref="UnreadableDraftException">It is no DOCX.</exception>
    public static IReadOnlyDictionary<string, string> Answers(byte[] content, string name)
    {
        using var file = Open(content, name);
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var control in file.MainDocumentPart!.Document!.Descendants<SdtElement>())
        {
            if (control.SdtProperties?.GetFirstChild<Tag>()?.Val?.Value is { } tag && tag.StartsWith("answer:", Ordinal) && control.SdtProperties.GetFirstChild<ShowingPlaceholder>() is null)
            {
                answers[tag["answer:".Length..]] = WordText(control).Trim();
            }
        }

        return answers;
    }

    /// <summary>The number of the questionnaire a DOCX form was drawn up with; null if it was not drawn up by Palermo.</summary>
    public static string? Manifest(byte[] content, string name)
    {
        using var file = Open(content, name);
        return DocxManifest.Find(file.MainDocumentPart!);
    }

    private static DraftText Package(byte[] content, string name)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(content));
            if (zip.Entries.Any(e => e.Length > LongestPart))
            {
                throw new UnreadableDraftException($"{name} unpacks to more than {LongestPart >> 20} MB. Take pictures out of it, or save it anew.");
            }

            if (zip.GetEntry("word/document.xml") is not null)
            {
                return Word(content, name);
            }

            if (zip.GetEntry("content.xml") is { } odt)
            {
                using var stream = odt.Open();
                using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
                return OpenDocument(XDocument.Load(reader));
            }
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or OpenXmlPackageException or IOException or FormatException)
        {
            throw new UnreadableDraftException($"{name} can't be opened: {e.Message} Save it again in the program that made it.");
        }

        throw new UnreadableDraftException($"{name} is a package, and neither DOCX nor ODT. Give a document.");
    }

    private static WordprocessingDocument Open(byte[] content, string name)
    {
        try
        {
            var file = WordprocessingDocument.Open(new MemoryStream(content), isEditable: false);
            return file.MainDocumentPart?.Document?.Body is not null ? file : throw new UnreadableDraftException($"{name} has no text. Save it again as DOCX.");
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or OpenXmlPackageException or IOException or FormatException)
        {
            throw new UnreadableDraftException($"{name} can't be opened: {e.Message} Save it again in the program that made it.");
        }
    }

    private static DraftText Word(byte[] content, string name)
    {
        using var file = Open(content, name);
        var passages = new Passages();
        foreach (var paragraph in file.MainDocumentPart!.Document!.Body!.Descendants<Paragraph>())
        {
            var block = paragraph.Ancestors<SdtElement>().Select(s => s.SdtProperties?.GetFirstChild<Tag>()?.Val?.Value).FirstOrDefault(t => t?.StartsWith("palermo:", Ordinal) == true);
            var style = paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value ?? "";
            passages.Add(WordText(paragraph), block?["palermo:".Length..] ?? "", style.StartsWith("Heading", OrdinalIgnoreCase) || style.StartsWith("Titre", OrdinalIgnoreCase) || style == "Title");
        }

        var open = file.MainDocumentPart.Document.Descendants<SdtElement>()
            .Where(s => s.SdtProperties?.GetFirstChild<ShowingPlaceholder>() is not null)
            .Select(s => s.SdtProperties!.GetFirstChild<Tag>()?.Val?.Value ?? "").Where(t => t.StartsWith("fill:", Ordinal)).Select(t => t["fill:".Length..]);
        return new DraftText(passages.All, [.. open.Distinct(StringComparer.Ordinal)], DocxManifest.Find(file.MainDocumentPart));
    }

    // Words that a reviewer struck out are not in the text any more.
    private static string WordText(DocumentFormat.OpenXml.OpenXmlElement element) =>
        string.Concat(element.Descendants().Select(e => e switch { Text t => t.Text, TabChar => " ", Break => " ", _ => "" }));

    private static DraftText OpenDocument(XDocument content)
    {
        var passages = new Passages();
        foreach (var element in content.Descendants().Where(e => e.Name == s_text + "p" || e.Name == s_text + "h"))
        {
            passages.Add(element.Value, "", element.Name == s_text + "h");
        }

        return new DraftText(passages.All, [], null);
    }

    private static DraftText Html(string text)
    {
        using var document = new HtmlParser().ParseDocument(text);
        var passages = new Passages();
        foreach (var element in document.QuerySelectorAll("h1, h2, h3, h4, h5, h6, p, li, td, th, dd, dt, blockquote"))
        {
            if (element.QuerySelector("p, li, td") is null)
            {
                passages.Add(element.TextContent, element.Closest("[data-palermo-text]")?.GetAttribute("data-palermo-text") ?? "", element.LocalName[0] == 'h' && element.LocalName.Length == 2);
            }
        }

        return new DraftText(passages.All, [.. document.QuerySelectorAll("mark[data-palermo-fill]").Select(m => m.GetAttribute("data-palermo-fill")!).Distinct(StringComparer.Ordinal)], null);
    }

    private static DraftText Lines(string text)
    {
        var passages = new Passages();
        var block = "";
        foreach (var paragraph in ParagraphEnd().Split(text.ReplaceLineEndings("\n")))
        {
            var trimmed = paragraph.Trim();
            if (Comment().Match(trimmed) is { Success: true } comment)
            {
                block = comment.Groups[1].Value;
                continue;
            }

            var isHeading = trimmed.StartsWith('#');
            // A section of ours ends with the next heading; its own heading stands behind the comment.
            passages.Add(trimmed.TrimStart('#', ' ').Replace("\\", "", Ordinal).Replace("**", "", Ordinal), block, isHeading);
            if (isHeading && trimmed.StartsWith("## ", Ordinal))
            {
                block = "";
            }
        }

        return new DraftText(passages.All, [], null);
    }

    private sealed class Passages
    {
        private string _heading = "";

        public List<DraftPassage> All { get; } = [];

        public void Add(string text, string block, bool isHeading)
        {
            var words = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (words.Length == 0)
            {
                return;
            }

            if (isHeading)
            {
                _heading = words;
            }

            All.Add(new DraftPassage(All.Count + 1, _heading, words, block, isHeading));
        }
    }

    [GeneratedRegex(@"^\s*(<!--.*?-->\s*)?<(!doctype\s+html|html|body|div|h[1-6]|p)\b", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex HtmlStart();

    [GeneratedRegex(@"\n[ \t]*\n|\n(?=[-*] )|\n(?=\|)|\n(?=#)")]
    private static partial Regex ParagraphEnd();

    [GeneratedRegex(@"^<!-- palermo: ([a-z0-9.-]+)")]
    private static partial Regex Comment();
}
