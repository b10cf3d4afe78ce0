using System.Text;
using System.Xml.Linq;
using DocumentFormat.OpenXml.Packaging;

namespace Palermo.Documents.Docx;

/// <summary>What a document was drawn up from, kept in the file itself as a custom XML part.</summary>
internal static class DocxManifest
{
    private static readonly XNamespace s_palermo = "urn:palermo:tender-pack:1";

    public static void Add(MainDocumentPart main, string manifest)
    {
        var part = main.AddCustomXmlPart(CustomXmlPartType.CustomXml, "rManifest");
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(new XDocument(new XElement(s_palermo + "manifest", manifest)).ToString(SaveOptions.DisableFormatting)));
        part.FeedData(stream);
    }

    /// <summary>The manifest of a document; null if it was not drawn up by Palermo.</summary>
    public static string? Find(MainDocumentPart main)
    {
        foreach (var part in main.CustomXmlParts)
        {
            using var stream = part.GetStream();
            var root = XDocument.Load(stream).Root;
            if (root?.Name == s_palermo + "manifest")
            {
                return root.Value;
            }
        }

        return null;
    }
}
