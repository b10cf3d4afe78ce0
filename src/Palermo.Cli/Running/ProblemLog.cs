using System.Text.Json;
using Palermo.Identify.Output;
using Palermo.Procurement;

namespace Palermo.Cli.Running;

/// <summary>Problems of a run in the order of the input. All are counted; of each kind, the first are kept.</summary>
internal sealed class ProblemLog
{
    private const int MostKept = 1000;
    private readonly long[] _counts = new long[Enum.GetValues<ProblemKind>().Length];
    private readonly List<ReadProblem> _kept = [];
    private readonly int[] _keptOf = new int[Enum.GetValues<ProblemKind>().Length];

    public IReadOnlyList<ReadProblem> Kept => _kept;

    /// <summary>Called for every problem, kept or not.</summary>
    public Action<ReadProblem>? OnProblem { get; set; }

    /// <summary>Writes every problem to a file as a line of JSON; does nothing without one.</summary>
    public void WriteTo(Stream? file)
    {
        if (file is null)
        {
            return;
        }

        OnProblem += problem =>
        {
            using var writer = new Utf8JsonWriter(file, AssessmentJson.WriterOptions);
            ProblemJson.Write(writer, problem);
            writer.Flush();
            file.WriteByte((byte)'\n');
        };
    }

    /// <summary>Adds problems of an earlier run: all are counted, of which the record kept some.</summary>
    public void AddSaved(IReadOnlyDictionary<ProblemKind, long> counts, IReadOnlyList<ReadProblem> kept)
    {
        AddRange(kept);
        foreach (var (kind, count) in counts)
        {
            _counts[(int)kind] += count - kept.Count(p => p.Kind == kind);
        }
    }

    public long Count(ProblemKind kind) => _counts[(int)kind];

    public void AddRange(IReadOnlyList<ReadProblem> problems)
    {
        foreach (var problem in problems)
        {
            var kind = (int)problem.Kind;
            _counts[kind]++;
            OnProblem?.Invoke(problem);
            if (_keptOf[kind] < MostKept)
            {
                _keptOf[kind]++;
                _kept.Add(problem);
            }
        }
    }
}
