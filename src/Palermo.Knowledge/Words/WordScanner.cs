namespace Palermo.Knowledge.Words;

/// <summary>Reads texts with a vocabulary, reusing its buffers and what it knows of texts seen before. One per thread.</summary>
public sealed class WordScanner(Vocabulary vocabulary)
{
    private readonly FoldedText _text = new();
    private readonly List<WordHit> _hits = [];
    private readonly List<WordMatch> _matches = [];
    private readonly ScanMemory _memory = new();

    /// <summary>True if the text last scanned is mostly of a script without word lists here.</summary>
    public bool IsForeignScript { get; private set; }

    /// <summary>Finds the words of the vocabulary in a text. The matches are valid until the next call.</summary>
    public ReadOnlySpan<WordMatch> Scan(ReadOnlySpan<byte> utf8)
    {
        if (_memory.Find(utf8, out var hash) is { } known)
        {
            IsForeignScript = known.IsForeign;
            return known.Matches;
        }

        _matches.Clear();
        _text.Set(utf8);
        vocabulary.Find(_text, _hits, _matches, onlyConditions: false);
        IsForeignScript = _text.IsForeignScript;
        _memory.Keep(hash, utf8, _matches, IsForeignScript);
        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_matches);
    }

    /// <summary>Finds only the words of aggravating conditions. The matches are valid until the next call.</summary>
    public ReadOnlySpan<WordMatch> ScanForConditions(ReadOnlySpan<byte> utf8)
    {
        _matches.Clear();
        _text.Set(utf8);
        vocabulary.Find(_text, _hits, _matches, onlyConditions: true);
        IsForeignScript = _text.IsForeignScript;
        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_matches);
    }
}
