using System.Text.Json;

namespace Palermo.Bench.Corpus;

/// <summary>Makes corpora of any size.</summary>
internal static class CorpusFile
{
    /// <summary>Writes compiled releases as JSON Lines until the file has the size.</summary>
    public static void WriteLines(string path, long bytes, ulong seed)
    {
        using var output = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        Write(output, new CorpusWriter(seed, lean: false), () => output.Position < bytes, "\n"u8.ToArray());
    }

    /// <summary>Writes one release package, all on one line.</summary>
    public static void WritePackage(string path, long bytes, ulong seed)
    {
        using var output = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        output.Write("{\"uri\":\"https://example.org/package\",\"version\":\"1.1\",\"publishedDate\":\"2026-01-01T00:00:00Z\",\"publisher\":{\"name\":\"Example\"},\"releases\":["u8);
        var corpus = new CorpusWriter(seed, lean: false);
        Write(output, corpus, () => output.Position < bytes, ","u8.ToArray());
        Write(output, corpus, Once(), []);
        output.Write("]}\n"u8);
    }

    /// <summary>Writes the shipped sample.</summary>
    public static void WriteSample(string path)
    {
        using var output = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        var left = 240;
        Write(output, new CorpusWriter(20260901, lean: true), () => left-- > 0, "\n"u8.ToArray());
    }

    private static Func<bool> Once()
    {
        var left = 1;
        return () => left-- > 0;
    }

    private static void Write(Stream output, CorpusWriter corpus, Func<bool> more, byte[] after)
    {
        using var writer = new Utf8JsonWriter(output, CorpusWriter.Options);
        while (more())
        {
            corpus.WriteRelease(writer);
            writer.Flush();
            writer.Reset();
            output.Write(after);
        }
    }
}
