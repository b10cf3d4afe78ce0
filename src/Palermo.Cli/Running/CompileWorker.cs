using System.Buffers;
using Palermo.Procurement;
using Palermo.Procurement.Merging;

namespace Palermo.Cli.Running;

/// <summary>Merges batches on one thread.</summary>
internal sealed class CompileWorker(bool versioned, MergeRules? rules) : IBatchWorker
{
    private readonly BatchReader _reader = new();

    public long Work(Batch batch, IBufferWriter<byte> output, List<ReadProblem> problems)
    {
        var count = 0L;
        _reader.Compile(batch, versioned, rules, release =>
        {
            WriteLine(output, release.Span);
            count++;
        }, problems.Add);
        return count;
    }

    // Values are copied as published, line breaks between tokens included; a line of JSON Lines has none.
    private static void WriteLine(IBufferWriter<byte> output, ReadOnlySpan<byte> json)
    {
        while (!json.IsEmpty)
        {
            var stop = json.IndexOfAny((byte)'\n', (byte)'\r');
            var part = stop < 0 ? json : json[..stop];
            output.Write(part);
            json = stop < 0 ? default : json[(stop + 1)..];
        }

        output.Write("\n"u8);
    }
}
