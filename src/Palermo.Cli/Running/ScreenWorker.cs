using System.Buffers;
using Palermo.Identify;
using Palermo.Identify.Runs;
using Palermo.Prevent.Gaps;
using Palermo.Procurement;

namespace Palermo.Cli.Running;

/// <summary>Screens batches on one thread and keeps that thread's sums.</summary>
internal sealed class ScreenWorker : IBatchWorker, IDisposable
{
    private readonly BatchReader _reader = new();
    private readonly Screener _screener;
    private readonly ProcessFilter _filter;
    private readonly ResultWriter _writer;
    private readonly ResumePoint? _resumed;
    private readonly RuleScreening? _rules;
    private readonly Action<System.Text.Json.Utf8JsonWriter>? _writeRules;
    private IBufferWriter<byte> _output = new ArrayBufferWriter<byte>();
    private long _place;
    private long _done;

    public ScreenWorker(Screener screener, ProcessFilter filter, ResultFormat format, ResumePoint? resumed, RuleScreening? rules)
    {
        _screener = screener;
        _filter = filter;
        _writer = new ResultWriter(format);
        _resumed = resumed;
        _rules = rules;
        _writeRules = rules is null ? null : writer => rules.Verdict.Write(writer);
        Summary = new RunSummary(screener.Indicators);
    }

    public RunSummary Summary { get; }

    /// <summary>Sums of what rules say; null without rules.</summary>
    public RuleTallies? RuleTallies => _rules?.Tallies;

    public long Work(Batch batch, IBufferWriter<byte> output, List<ReadProblem> problems)
    {
        _output = output;
        _done = 0;
        _place = batch.Sequence << 24;
        _reader.Read(batch, OnProcess, problems.Add);
        return _done;
    }

    public void Dispose() => _writer.Dispose();

    private void OnProcess(ContractingProcess process, ProcessOrigin origin)
    {
        if (!_filter.TakesBefore(process))
        {
            Summary.FilteredOut++;
            return;
        }

        if (_resumed is not null && _resumed.Has(process, origin))
        {
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
        if (_rules is not null)
        {
            _rules.Judge(process, assessment);
        }

        _writer.Write(assessment, _output, _writeRules);
    }
}
