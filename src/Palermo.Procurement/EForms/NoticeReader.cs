using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Palermo.Procurement.EForms;

/// <summary>Reads a notice of the EU's electronic forms (UBL XML, SDK 1.3 to 1.15) and writes it as a line with an OCDS release.</summary>
internal static class NoticeReader
{
    private const long LargestNotice = 128L << 20;
    private const int DeepestElement = 64;

    // No document type: it could name files or grow without end.
    private static readonly XmlReaderSettings s_settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = LargestNotice, CloseInput = false };

    /// <summary>True if a text begins like XML.</summary>
    public static bool LooksLikeXml(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith(new byte[] { 0xEF, 0xBB, 0xBF }))
        {
            head = head[3..];
        }

        // UTF-16 of either order, with or without a mark, is told by its zeros.
        var bytes = head.Length > 4 && (head[0] == 0xFF || head[0] == 0xFE || head[0] == 0 || head[1] == 0) ? Narrow(head) : head;
        bytes = bytes.TrimStart(" \t\r\n"u8);
        return bytes.Length > 1 && bytes[0] == '<' && (bytes[1] is (byte)'?' or (byte)'!' || char.IsAsciiLetter((char)bytes[1]));
    }

    /// <summary>Converts a notice.</summary>
    /// <param name="xml">The XML.</param>
    /// <param name="report">Receives what is wrong with it; the first argument is true if the notice is lost, null if it is no purchase at all.</param>
    /// <returns>The release as JSON and a line break; empty if the notice is lost.</returns>
    /// <exception cref="InvalidDataException">It is no well-formed XML; the message says where.</exception>
    public static byte[] Convert(Stream xml, Action<ProblemKind, int, string, string, string> report)
    {
        var root = Load(xml);
        if (!Notice.IsNotice(root))
        {
            var registration = root.Name.LocalName == "BusinessRegistrationInformationNotice";
            report(registration ? ProblemKind.Ignored : ProblemKind.Lost, root.Line(), "",
                registration ? "A notice on the registration of a European company or grouping (X01, X02): no purchase." : $"The XML is no notice of the EU's electronic forms: its root is {root.Name.LocalName}.",
                registration ? "Nothing to mend." : "Give notices of planning, competition or result as published (UBL 2.3).");
            return [];
        }

        var notice = new Notice(root);
        var faults = new NoticeCheck(notice).Run();
        if (faults.Exists(f => f.Fatal))
        {
            var first = faults.First(f => f.Fatal);
            var others = faults.Where(f => !f.Fatal).Select(f => f.What).Distinct(StringComparer.Ordinal).ToArray();
            var more = others.Length == 0 ? "" : $" Also: {string.Join("; ", others.Take(6))}{(others.Length > 6 ? $" and {others.Length - 6} more faults" : "")}.";
            report(ProblemKind.Lost, first.Line, notice.Ocid, $"The notice is not valid: {string.Join(" and ", faults.Where(f => f.Fatal).Select(f => f.What))}, so it can't be told which procedure it belongs to.{more}", first.Mend);
            return [];
        }

        foreach (var fault in faults.DistinctBy(f => f.What))
        {
            report(ProblemKind.Mended, fault.Line, notice.Ocid, $"The notice is not valid: {fault.What}.", fault.Mend);
        }

        var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            new NoticeRelease(notice, json).Write();
        }

        output.WriteByte((byte)'\n');
        return output.ToArray();
    }

    private static XElement Load(Stream xml)
    {
        try
        {
            var copy = new MemoryStream();
            xml.CopyTo(copy);
            copy.Position = 0;
            using (var flat = XmlReader.Create(copy, s_settings))
            {
                while (flat.Read())
                {
                    if (flat.Depth > DeepestElement)
                    {
                        throw new InvalidDataException($"the XML is nested more than {DeepestElement} elements deep; no notice is.");
                    }
                }
            }

            copy.Position = 0;
            using var reader = XmlReader.Create(copy, s_settings);
            return XElement.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (XmlException e)
        {
            throw new InvalidDataException($"the XML is broken. {e.Message}", e);
        }
    }

    private static ReadOnlySpan<byte> Narrow(ReadOnlySpan<byte> wide)
    {
        var narrow = new List<byte>();
        foreach (var b in wide)
        {
            if (b is not (0 or 0xFF or 0xFE))
            {
                narrow.Add(b);
            }
        }

        return narrow.ToArray();
    }
}
