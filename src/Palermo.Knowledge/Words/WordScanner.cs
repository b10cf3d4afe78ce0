namespace Palermo.Knowledge.Words;

/// <summary>Reads texts with a vocabulary, reusing its buffers. One per thread.</summary>
public sealed class WordScanner(Vocabulary vocabulary)
{
    private readonly FoldedText _text = new();
    private readonly List<WordHit> _hits = [];
    private readonly List<WordMatch> _matches = [];

    /// <summary>True if the text last scanned is mostly of a script without word lists here.</summary>
    public bool IsForeignScript => _text.IsForeignScript;

    /// <summary>The text last scanned, folded.</summary>
    public ReadOnlySpan<byte> Folded => _text.Text;

    /// <summary>Finds the words of the vocabulary in a text. The matches are valid until the next call.</summary>
    public ReadOnlySpan<WordMatch> Scan(ReadOnlySpan<byte> utf8)
    {
        _matches.Clear();
        _text.Set(utf8);
        vocabulary.Find(_text, _hits, _matches);
        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_matches);
    }
}
