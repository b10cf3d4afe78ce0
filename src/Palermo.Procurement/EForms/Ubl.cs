using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Palermo.Procurement.EForms;

/// <summary>Short ways through the elements of UBL 2.3 and the eForms extensions.</summary>
internal static class Ubl
{
    public static readonly XNamespace Cac = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
    public static readonly XNamespace Cbc = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
    public static readonly XNamespace Ext = "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2";
    public static readonly XNamespace Efac = "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1";
    public static readonly XNamespace Efbc = "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1";
    public static readonly XNamespace Efext = "http://data.europa.eu/p27/eforms-ubl-extensions/1";

    /// <summary>The eForms extension directly below an element, or null.</summary>
    public static XElement? Extension(this XElement? parent) =>
        parent?.Element(Ext + "UBLExtensions")?.Elements(Ext + "UBLExtension").Select(e => e.Element(Ext + "ExtensionContent")?.Element(Efext + "EformsExtension")).FirstOrDefault(e => e is not null);

    /// <summary>The first element at the end of a path, or null.</summary>
    public static XElement? At(this XElement? from, params ReadOnlySpan<XName> path)
    {
        foreach (var name in path)
        {
            from = from?.Element(name);
        }

        return from;
    }

    /// <summary>The trimmed text at the end of a path; blank if there is none.</summary>
    public static string Value(this XElement? from, params ReadOnlySpan<XName> path) => from.At(path)?.Value.Trim() ?? "";

    /// <summary>The code of an element whose list has that name; blank if there is none.</summary>
    public static string Code(this IEnumerable<XElement> elements, string list) =>
        elements.FirstOrDefault(e => (string?)e.Attribute("listName") == list)?.Value.Trim() ?? "";

    public static int Line(this XObject? at) => at is IXmlLineInfo info && info.HasLineInfo() ? info.LineNumber : 0;

    /// <summary>A date (and time) as RFC 3339. XML dates may carry an offset: 2023-03-23+01:00. Blank if it is none.</summary>
    public static string Instant(string date, string time)
    {
        if (date.Length < 10 || !DateOnly.TryParseExact(date[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            return "";
        }

        var clock = time.Length >= 8 && TimeOnly.TryParseExact(time[..8], "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? time[..8] : "00:00:00";
        var zone = Zone(time.Length > 8 ? time : date);
        return $"{date[..10]}T{clock}{zone}";
    }

    private static string Zone(string text)
    {
        if (text.EndsWith('Z'))
        {
            return "Z";
        }

        return text.Length >= 6 && text[^6] is '+' or '-' && text[^3] == ':' ? text[^6..] : "Z";
    }
}
