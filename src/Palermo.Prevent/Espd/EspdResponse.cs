using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Palermo.Knowledge.Espd;

namespace Palermo.Prevent.Espd;

/// <summary>What a bidder answered to a ground for exclusion.</summary>
/// <param name="Code">Code of the criterion.</param>
/// <param name="Name">Its name.</param>
/// <param name="Answer">Whether the ground applies by the bidder's own word; null if it did not answer.</param>
/// <param name="Date">Date of the conviction; null if not given.</param>
/// <param name="Reason">Reason or description, as given; blank if none.</param>
/// <param name="Who">Who was convicted; blank if not said.</param>
/// <param name="PeriodEnd">Last day of an exclusion set by the judgment; null if none.</param>
/// <param name="SelfCleaning">Whether measures of self-cleaning were taken; null if not answered.</param>
/// <param name="Measures">Their description; blank if none.</param>
/// <param name="Evidence">Ids of the evidence supplied.</param>
public sealed record EspdGround(string Code, string Name, bool? Answer, DateOnly? Date, string Reason, string Who, DateOnly? PeriodEnd, bool? SelfCleaning, string Measures, IReadOnlyList<string> Evidence);

/// <summary>An ESPD response.</summary>
public sealed record EspdResponse
{
    /// <summary>Version of the data model it states.</summary>
    public required string Version { get; init; }

    /// <summary>Reference number of the procedure.</summary>
    public required string Reference { get; init; }

    /// <summary>Name of the bidder; blank if not given.</summary>
    public required string Bidder { get; init; }

    /// <summary>Identifier of the bidder; blank if not given.</summary>
    public required string BidderId { get; init; }

    /// <summary>Grounds for exclusion, in the order of the response.</summary>
    public required IReadOnlyList<EspdGround> Grounds { get; init; }

    /// <summary>Other criteria: code, and whether the bidder says that it fulfils them; null if not answered.</summary>
    public required IReadOnlyList<(string Code, bool? Answer)> Others { get; init; }

    private static readonly XNamespace s_cac = EspdRequestWriter.Cac, s_cbc = EspdRequestWriter.Cbc;

    /// <summary>True if an XML document is an ESPD response, by its root.</summary>
    public static bool IsOne(Stream xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        try
        {
            using var reader = XmlReader.Create(xml, Settings(closeInput: false));
            reader.MoveToContent();
            return reader.LocalName == "QualificationApplicationResponse";
        }
        catch (XmlException)
        {
            return false; // whoever reads it as something else says what is wrong
        }
    }

    /// <summary>Reads a response. Criteria are known by their UUID, answers by their path: codes changed from version to version, these did not.</summary>
    /// <param name="xml">The document.</param>
    /// <param name="model">The data model.</param>
    /// <returns>The response; or what is wrong: line, what, mend.</returns>
    public static (EspdResponse? Response, (int Line, string What, string Mend)? Problem) Read(Stream xml, EspdModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        XDocument document;
        try
        {
            using var reader = XmlReader.Create(xml, Settings(closeInput: false));
            document = XDocument.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (XmlException e)
        {
            return (null, (e.LineNumber, $"The file is no XML: {e.Message}", "Export the response again from the service that made it."));
        }

        var root = document.Root!;
        if (root.Name.LocalName != "QualificationApplicationResponse")
        {
            return (null, (1, $"The root is {root.Name.LocalName}; an ESPD response is a QualificationApplicationResponse.", root.Name.LocalName == "QualificationApplicationRequest" ? "This is the request: give what the bidder sent back." : "Give the ESPD response as XML."));
        }

        var answers = new Dictionary<string, XElement>(StringComparer.Ordinal);
        foreach (var answer in root.Elements(s_cac + "TenderingCriterionResponse"))
        {
            // Several answers to one question are several convictions, say; the first is the one told, none is lost to the eye: the file keeps them.
            answers.TryAdd(answer.Element(s_cbc + "ValidatedCriterionPropertyID")?.Value.Trim() ?? "", answer);
        }

        var grounds = new List<EspdGround>();
        var others = new List<(string, bool?)>();
        foreach (var criterion in root.Elements(s_cac + "TenderingCriterion"))
        {
            var uuid = criterion.Element(s_cbc + "ID")?.Value.Trim() ?? "";
            var code = model.Find(uuid)?.Code ?? criterion.Element(s_cbc + "CriterionTypeCode")?.Value.Trim() ?? uuid;
            var properties = criterion.Descendants(s_cac + "TenderingCriterionProperty").Select(p => (Id: p.Element(s_cbc + "ID")?.Value.Trim() ?? "", Type: p.Element(s_cbc + "ValueDataTypeCode")?.Value.Trim() ?? "", Text: p.Element(s_cbc + "Description")?.Value ?? "")).ToArray();
            if (model.Find(uuid)?.IsExclusion ?? (properties.FirstOrDefault().Id?.Contains("_EG_", StringComparison.Ordinal) == true))
            {
                grounds.Add(Ground(code, criterion.Element(s_cbc + "Name")?.Value ?? code, properties, answers));
            }
            else
            {
                others.Add((code, properties.Where(p => p.Type == "INDICATOR").Select(p => Indicator(answers, p.Id)).FirstOrDefault(a => a is not null)));
            }
        }

        var bidder = root.Element(s_cac + "EconomicOperatorParty")?.Element(s_cac + "Party");
        return (new EspdResponse
        {
            Version = root.Element(s_cbc + "ProfileExecutionID")?.Value.Trim() ?? "",
            Reference = root.Element(s_cbc + "ContractFolderID")?.Value.Trim() ?? "",
            Bidder = bidder?.Element(s_cac + "PartyName")?.Element(s_cbc + "Name")?.Value.Trim() ?? "",
            BidderId = bidder?.Element(s_cac + "PartyIdentification")?.Element(s_cbc + "ID")?.Value.Trim() ?? "",
            Grounds = grounds,
            Others = others,
        }, null);
    }

    private static EspdGround Ground(string code, string name, (string Id, string Type, string Text)[] properties, Dictionary<string, XElement> answers)
    {
        var first = properties.FirstOrDefault(p => p.Type == "INDICATOR").Id;
        string Described(Func<string, bool> what) => properties.Where(p => p.Type == "DESCRIPTION" && what(p.Text)).Select(p => Value(answers, p.Id, "Description")).FirstOrDefault(v => v.Length > 0) ?? "";
        var cleaning = properties.FirstOrDefault(p => p.Type == "INDICATOR" && p.Text.Contains("Self-Cleaning", StringComparison.OrdinalIgnoreCase)).Id;
        var measures = cleaning is null ? "" : properties.Where(p => p.Type == "DESCRIPTION" && p.Id.StartsWith(cleaning[..(cleaning.LastIndexOf('/') + 1)], StringComparison.Ordinal)).Select(p => Value(answers, p.Id, "Description")).FirstOrDefault(v => v.Length > 0) ?? "";
        var period = properties.Where(p => p.Type == "PERIOD").Select(p => answers.GetValueOrDefault(p.Id)?.Element(s_cac + "ApplicablePeriod")?.Element(s_cbc + "EndDate")?.Value).FirstOrDefault(v => v is not null);
        return new EspdGround(
            code,
            name,
            first is null ? null : Indicator(answers, first),
            properties.Where(p => p.Type == "DATE").Select(p => Day(Value(answers, p.Id, "ResponseDate"))).FirstOrDefault(d => d is not null),
            Described(t => !t.Contains("Who", StringComparison.OrdinalIgnoreCase) && !t.StartsWith("Please describe", StringComparison.OrdinalIgnoreCase)),
            Described(t => t.StartsWith("Who", StringComparison.OrdinalIgnoreCase)),
            Day(period ?? ""),
            cleaning is null ? null : Indicator(answers, cleaning),
            measures,
            [.. properties.Where(p => p.Type == "EVIDENCE_IDENTIFIER").Select(p => answers.GetValueOrDefault(p.Id)?.Element(s_cac + "EvidenceSupplied")?.Element(s_cbc + "ID")?.Value.Trim()).OfType<string>()]);
    }

    private static bool? Indicator(Dictionary<string, XElement> answers, string id) => Value(answers, id, "ResponseIndicator") switch { "true" or "1" => true, "false" or "0" => false, _ => null };

    private static string Value(Dictionary<string, XElement> answers, string id, string name) =>
        answers.GetValueOrDefault(id)?.Element(s_cac + "ResponseValue")?.Element(s_cbc + name)?.Value.Trim() ?? "";

    private static DateOnly? Day(string text) => text.Length >= 10 && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    // Files come from bidders: no external entities, no expansion.
    private static XmlReaderSettings Settings(bool closeInput) => new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = closeInput, MaxCharactersInDocument = 64 << 20 };
}
