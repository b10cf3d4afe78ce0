using System.Buffers;
using System.Text.Json;
using Palermo.Identify;
using Palermo.Identify.Output;

namespace Palermo.Cli.Running;

/// <summary>Form of the results.</summary>
internal enum ResultFormat
{
    Table,
    Jsonl,
    Parquet,
    Csv,
    Html,
}

/// <summary>Writes assessments in a form. One per thread.</summary>
internal sealed class ResultWriter : IDisposable
{
    private readonly ResultFormat _format;
    private readonly Utf8JsonWriter _json;

    public ResultWriter(ResultFormat format)
    {
        _format = format;
        _json = new Utf8JsonWriter(new ArrayBufferWriter<byte>(), AssessmentJson.WriterOptions);
    }

    public void Write(Assessment assessment, IBufferWriter<byte> output, Action<Utf8JsonWriter>? more = null)
    {
        switch (_format)
        {
            case ResultFormat.Jsonl or ResultFormat.Parquet: // whose stream takes the lines apart again
                _json.Reset(output);
                AssessmentJson.Write(_json, assessment, more);
                _json.Flush();
                output.Write("\n"u8);
                break;
            case ResultFormat.Csv:
                AssessmentCsv.Write(output, assessment);
                break;
            default:
                break;
        }
    }

    public void Dispose() => _json.Dispose();
}
