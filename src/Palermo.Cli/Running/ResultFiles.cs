using Palermo.Cli.Commands;
using Palermo.Cli.Report;
using Palermo.Identify.Output;
using Palermo.Knowledge;
using Palermo.Parquet;

namespace Palermo.Cli.Running;

/// <summary>The files that a run leaves: results, report, record.</summary>
internal static class ResultFiles
{
    /// <summary>Opens the stream that results are written to.</summary>
    /// <exception cref="UsageException">The file can't be written, or has to be named.</exception>
    public static Stream Open(ResultFormat format, string? output, string dataEdition, DateOnly asOf)
    {
        switch (format)
        {
            case ResultFormat.Jsonl:
                return CommonOptions.OpenOutput(output);
            case ResultFormat.Csv:
                return CommonOptions.OpenOutput(output);
            case ResultFormat.Parquet:
                return new ParquetStream(
                    CommonOptions.OpenOutput(output ?? throw new UsageException("Parquet is written from both ends: name a file, --output findings.parquet.")),
                    new SortedDictionary<string, string>(StringComparer.Ordinal) { ["palermo"] = ProgramVersion.Text, ["dataEdition"] = dataEdition, ["asOf"] = asOf.ToString("yyyy-MM-dd") });
            default:
                return Stream.Null;
        }
    }

    /// <summary>Writes the header that the form has.</summary>
    public static void WriteHeader(ResultFormat format, Stream output)
    {
        if (format == ResultFormat.Csv)
        {
            var header = new System.Buffers.ArrayBufferWriter<byte>();
            AssessmentCsv.WriteHeader(header);
            output.Write(header.WrittenSpan);
        }
    }

    /// <summary>Writes the HTML report, as the results or beside them.</summary>
    public static void WriteReports(Catalogue catalogue, RunRecord record, ResultFormat format, string? output, string? report)
    {
        if (format == ResultFormat.Html)
        {
            using var results = CommonOptions.OpenOutput(output);
            HtmlReport.Write(results, catalogue, record);
        }

        if (report is not null)
        {
            using var beside = CommonOptions.OpenOutput(report);
            HtmlReport.Write(beside, catalogue, record);
        }
    }

    /// <summary>Writes the record of a run.</summary>
    public static void WriteRecord(RunRecord record, string path)
    {
        using var output = CommonOptions.OpenOutput(path);
        record.Write(output);
    }
}
