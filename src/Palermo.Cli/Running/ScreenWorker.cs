using System.Buffers;
using System.Text.Json;
using Palermo.Identify;
using Palermo.Identify.Output;
using Palermo.Identify.Runs;
using Palermo.Procurement;

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

/// <summary>Screens batches on one thread and keeps that thread's sums.</summary>
internal sealed class ScreenWorker : IBatchWorker, IDisposable
{
    private readonly BatchReader _reader = new();
    private readonly Screener _screener;
    private readonly ProcessFilter _filter;
    private readonly ResultFormat _format;
    private readonly Utf8JsonWriter _json;
    private IBufferWriter<byte> _output = new ArrayBufferWriter<byte>();
    private long _place;
    private long _done;

    public ScreenWorker(Screener screener, ProcessFilter filter, ResultFormat format)
    {
        _screener = screener;
        _filter = filter;
        _format = format;
        _json = new Utf8JsonWriter(_output, AssessmentJson.WriterOptions);
        Summary = new RunSummary(screener.Indicators);
    }

    public RunSummary Summary { get; }

    public long Work(Batch batch, IBufferWriter<byte> output, List<ReadProblem> problems)
    {
        _output = output;
        _done = 0;
        _place = batch.Sequence << 24;
        _reader.Read(batch, OnProcess, problems.Add);
        return _done;
    }

    public void Dispose() => _json.Dispose();

    private void OnProcess(ContractingProcess process, ProcessOrigin origin)
    {
        if (!_filter.TakesBefore(process))
        {
            Summary.FilteredOut++;
            return;
        }

        var assessment = _screener.Assess(process, origin);
        if (!_filter.TakesAfter(assessment))
        {
            Summary.FilteredOut++;
            return;
        }

        _done++;
        Summary.Add(assessment, _place++);
        switch (_format)
        {
            case ResultFormat.Jsonl or ResultFormat.Parquet: // whose stream takes the lines apart again
                _json.Reset(_output);
                AssessmentJson.Write(_json, assessment);
                _json.Flush();
                _output.Write("\n"u8);
                break;
            case ResultFormat.Csv:
                AssessmentCsv.Write(_output, assessment);
                break;
            default:
                break;
        }
    }
}
