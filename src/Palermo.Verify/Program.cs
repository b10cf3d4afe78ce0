using System.Security.Cryptography;
using Palermo.Verify;

const string Usage = """
    palermo-verify: checks what an evidence log says of itself, without asking it.

      palermo-verify proof FILE --key KEY                       an entry is in the log
      palermo-verify receipt FILE --key KEY                     a report was received, and the file is of who has its receipt
      palermo-verify consistency OLD NEW PROOF --key KEY        the log of one checkpoint is the beginning of that of another
      palermo-verify pack FILE.zip --key KEY                    an auditor's pack is unchanged, and nothing is missing in it

    KEY is the key of the log, NAME+ID+BASE64, or a file that holds it. Take it from the log's owner, not from where the proof came.
    Exit codes: 0 it checks; 1 it does not; 2 wrong usage.
    """;

var at = Array.IndexOf(args, "--key");
var given = at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
string[] rest = given is null ? args : [.. args[..at], .. args[(at + 2)..]];
try
{
    var key = given is not null && File.Exists(given) ? ProvedEntry.Text(given) : given;
    if (key is null)
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }

    switch (rest)
    {
        case ["proof", var file]:
            Console.WriteLine(ProvedEntry.Read(ProvedEntry.Text(file), key));
            return 0;
        case ["receipt", var file]:
            var entry = ProvedEntry.Read(ProvedEntry.Text(file), key);
            if (entry.Kind != "case.commitment" || !entry.Detail.StartsWith("receipt:" + Convert.ToHexStringLower(SHA256.HashData(entry.Opening)) + " ", StringComparison.Ordinal))
            {
                throw new CheckException("The entry is in the log, but the file does not open its commitment: it was not made with the receipt.");
            }

            Console.WriteLine($"A report was received at {entry.At}, as entry {entry.Number} of the log; the file was made by who has its receipt.");
            return 0;
        case ["consistency", var older, var newer, var proof]:
            var (first, second) = (Checkpoint.Read(ProvedEntry.Text(older), key), Checkpoint.Read(ProvedEntry.Text(newer), key));
            var hashes = ProvedEntry.Text(proof).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => Checkpoint.Bytes(l) is { Length: 32 } hash ? hash : throw new CheckException("A hash of the proof can't be read.")).ToArray();
            if (Tree.Roots(first.Size, second.Size, first.Root, hashes) is not var (one, two) || !one.AsSpan().SequenceEqual(first.Root) || !two.AsSpan().SequenceEqual(second.Root))
            {
                throw new CheckException($"The log of {second.Size} entries does not begin with that of {first.Size}: something in it was changed.");
            }

            Console.WriteLine($"The log of {second.Size} entries begins with that of {first.Size}.");
            return 0;
        case ["pack", var file]:
            Console.WriteLine(Pack.Check(file, key));
            return 0;
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}
catch (CheckException e)
{
    Console.Error.WriteLine($"palermo-verify: {e.Message}");
    return 1;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or System.Text.Json.JsonException)
{
    Console.Error.WriteLine($"palermo-verify: {e.Message}");
    return 2;
}
