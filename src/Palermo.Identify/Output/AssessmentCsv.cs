using System.Buffers;
using System.Text;

namespace Palermo.Identify.Output;

/// <summary>Assessments as a table that opens right in spreadsheets: one row a finding, and one for a process without any.</summary>
/// <remarks>RFC 4180, with a byte-order mark. A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV Injection").</remarks>
public static class AssessmentCsv
{
    private static readonly string[] s_columns = ["ocid", "date", "title", "buyer", "suppliers", "value", "currency", "salience", "indicator", "level", "severity", "likelihood", "subject", "country", "path", "evidence", "sentence", "question", "sources", "verified", "unknowns", "file", "line"];

    /// <summary>Writes the header row.</summary>
    public static void WriteHeader(IBufferWriter<byte> output) => output.Write(Encoding.UTF8.GetBytes("\uFEFF" + string.Join(",", s_columns) + "\r\n"));

    /// <summary>Writes the rows of a process.</summary>
    public static void Write(IBufferWriter<byte> output, Assessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        if (assessment.Findings.Count == 0)
        {
            Row(output, assessment, null);
        }

        foreach (var finding in assessment.Findings)
        {
            Row(output, assessment, finding);
        }
    }

    private static void Row(IBufferWriter<byte> output, Assessment a, Finding? f)
    {
        var line = new StringBuilder();
        string[] cells =
        [
            a.Ocid.Value, a.Date.ToString(), a.Title.ToString(), a.BuyerName.ToString(), string.Join("; ", a.Suppliers), a.Value?.Amount.ToString() ?? "", a.Value?.Currency ?? "", a.Salience.Name(),
            f?.Indicator ?? "", f?.Level.Name() ?? "", f?.Severity.ToString().ToLowerInvariant() ?? "", f?.Likelihood.ToString().ToLowerInvariant() ?? "", f?.Subject ?? "", f?.Country ?? "",
            f?.Path ?? "", f?.Evidence ?? "", f?.Sentence ?? "", f?.Question ?? "", f is null ? "" : string.Join("; ", f.Sources), f is null ? "" : f.Verified ? "yes" : "no",
            string.Join("; ", a.Unknowns.Select(u => $"{u.Indicator}: {u.Reason}")), a.Origin.File, a.Origin.Line.ToString(),
        ];
        for (var i = 0; i < cells.Length; i++)
        {
            line.Append(i > 0 ? "," : "").Append(Cell(cells[i]));
        }

        output.Write(Encoding.UTF8.GetBytes(line.Append("\r\n").ToString()));
    }

    /// <summary>A cell, neutralised and quoted where it must be.</summary>
    /// <param name="text">Its text.</param>
    public static string Cell(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '＝' or '＋' or '－' or '＠' && !IsNumber(text))
        {
            text = "'" + text;
        }

        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"")}\"" : text;
    }

    private static bool IsNumber(string text) => decimal.TryParse(text, out _);
}
