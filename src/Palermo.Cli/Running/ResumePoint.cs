using System.IO.Hashing;
using System.Text;
using Palermo.Identify;
using Palermo.Identify.Output;
using Palermo.Identify.Runs;
using Palermo.Prevent.Gaps;
using Palermo.Procurement;

namespace Palermo.Cli.Running;

/// <summary>What a run that was cut short has done already: its whole lines, by ocid, and their sums.</summary>
internal sealed class ResumePoint
{
    private readonly Dictionary<ulong, int> _pieces = [];

    private ResumePoint(RunSummary summary) => Summary = summary;

    /// <summary>Sums of what is done.</summary>
    public RunSummary Summary { get; private set; }

    /// <summary>Sums of what rules say of what is done.</summary>
    public RuleTallies Rules { get; } = new();

    /// <summary>True if a process has more pieces than the earlier run had seen when it judged it: all begins anew.</summary>
    public bool IsStale { get; private set; }

    /// <summary>Reads what was written, and cuts off a line that was not finished.</summary>
    /// <exception cref="UsageException">The file holds something else.</exception>
    public static ResumePoint Read(FileStream results, IReadOnlyList<IndicatorInfo> indicators)
    {
        var point = new ResumePoint(new RunSummary(indicators));
        var number = 0L;
        var end = Lines.Read(results, line =>
        {
            try
            {
                var assessment = AssessmentReader.Read(line);
                // What was done stands before what is to come.
                point.Summary.Add(assessment, long.MinValue + number++);
                RuleLines.Add(line, assessment, point.Rules);
                point._pieces[Hash(assessment.Ocid)] = assessment.Origin.Pieces;
            }
            catch (InvalidDataException e)
            {
                throw new UsageException($"{results.Name}, line {number + 1}: {e.Message} It can't be resumed; run it again without --resume.");
            }
        });
        results.SetLength(end);
        results.Position = end;
        return point;
    }

    /// <summary>True if the process needs nothing more.</summary>
    public bool Has(ContractingProcess process, ProcessOrigin origin)
    {
        if (IsStale || !_pieces.TryGetValue(Hash(process.Ocid), out var pieces))
        {
            return false;
        }

        IsStale |= pieces != origin.Pieces;
        return !IsStale;
    }

    private static ulong Hash(Ocid ocid) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(ocid.Value));
}

/// <summary>Lines of a file, with their feeds left out.</summary>
internal static class Lines
{
    /// <summary>Reads all whole lines. Returns where the last of them ends.</summary>
    public static long Read(Stream file, Action<ReadOnlyMemory<byte>> use)
    {
        file.Position = 0;
        var buffer = new byte[1 << 20];
        var (filled, done) = (0, 0L);
        while (true)
        {
            var count = file.Read(buffer, filled, buffer.Length - filled);
            filled += count;
            var from = 0;
            while (buffer.AsSpan(from, filled - from).IndexOf((byte)'\n') is var end and >= 0)
            {
                if (end > 0)
                {
                    use(buffer.AsMemory(from, end));
                }

                from += end + 1;
            }

            done += from;
            buffer.AsSpan(from, filled - from).CopyTo(buffer);
            filled -= from;
            if (count == 0)
            {
                return done;
            }

            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
    }
}
