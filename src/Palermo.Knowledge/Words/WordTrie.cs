namespace Palermo.Knowledge.Words;

/// <summary>
/// Finds many phrases in one pass over a folded text. Whole words only; a star in a phrase stands for any ending
/// of its word. The nodes lie in flat arrays; the first two letters lead by a table, since most words stop there.
/// </summary>
internal sealed class WordTrie
{
    private const byte Star = (byte)'*';
    private const int FourBitsLog = 17;
    private const int FourBits = 1 << FourBitsLog;
    private static readonly byte[] s_anyLetter = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private readonly ulong[] _begins;
    private readonly ulong[] _fours;
    private readonly int[] _head;
    private readonly int[] _firstEdge;
    private readonly byte[] _edgeLabel;
    private readonly int[] _edgeTarget;
    private readonly int[] _firstPayload;
    private readonly int[] _payload;

    private WordTrie(Builder root)
    {
        _begins = new ulong[(32 * 32 * 32) / 64];
        _fours = new ulong[FourBits / 64];
        var nodes = new List<Builder>();
        void Number(Builder node)
        {
            node.Number = nodes.Count;
            nodes.Add(node);
            foreach (var child in node.Children.Values)
            {
                Number(child);
            }
        }

        Number(root);
        _firstEdge = new int[nodes.Count + 1];
        _firstPayload = new int[nodes.Count + 1];
        var labels = new List<byte>();
        var targets = new List<int>();
        var payloads = new List<int>();
        for (var i = 0; i < nodes.Count; i++)
        {
            _firstEdge[i] = labels.Count;
            _firstPayload[i] = payloads.Count;
            foreach (var (label, child) in nodes[i].Children)
            {
                labels.Add(label);
                targets.Add(child.Number);
            }

            payloads.AddRange(nodes[i].Payloads);
        }

        _firstEdge[^1] = labels.Count;
        _firstPayload[^1] = payloads.Count;
        _edgeLabel = [.. labels];
        _edgeTarget = [.. targets];
        _payload = [.. payloads];

        // Three letters decide for most words that no phrase begins with them: one bit each, small enough to stay at hand.
        foreach (var (first, child) in root.Children)
        {
            foreach (var (second, grandchild) in child.Children)
            {
                var any = grandchild.Payloads.Count > 0 || grandchild.Children.ContainsKey(Star) || grandchild.Children.ContainsKey((byte)' ');
                foreach (var third in any ? s_anyLetter : (IEnumerable<byte>)grandchild.Children.Keys)
                {
                    var begin = Begin(first, second, third);
                    _begins[begin >> 6] |= 1UL << (begin & 63);
                    var known = any || !grandchild.Children.TryGetValue(third, out var node) || node.Payloads.Count > 0 || node.Children.ContainsKey(Star) || node.Children.ContainsKey((byte)' ') ? null : node;
                    foreach (var fourth in known is null ? s_anyLetter : (IEnumerable<byte>)known.Children.Keys)
                    {
                        var four = Four(begin, fourth);
                        _fours[four >> 6] |= 1UL << (four & 63);
                    }
                }
            }
        }

        _head = new int[128 * 128];
        Array.Fill(_head, -1);
        foreach (var (first, child) in root.Children)
        {
            foreach (var (second, grandchild) in child.Children)
            {
                _head[(first * 128) + second] = grandchild.Number;
            }
        }
    }

    private WordTrie(BinaryReader reader)
    {
        _begins = Arrays.Read<ulong>(reader);
        _fours = Arrays.Read<ulong>(reader);
        _head = Arrays.Read<int>(reader);
        _firstEdge = Arrays.Read<int>(reader);
        _edgeLabel = Arrays.Read<byte>(reader);
        _edgeTarget = Arrays.Read<int>(reader);
        _firstPayload = Arrays.Read<int>(reader);
        _payload = Arrays.Read<int>(reader);
    }

    /// <summary>Reads a trie written by <see cref="Write"/>.</summary>
    public static WordTrie Read(BinaryReader reader) => new(reader);

    /// <summary>Writes the trie, so that loading it costs a copy.</summary>
    public void Write(BinaryWriter writer)
    {
        Arrays.Write<ulong>(writer, _begins);
        Arrays.Write<ulong>(writer, _fours);
        Arrays.Write<int>(writer, _head);
        Arrays.Write<int>(writer, _firstEdge);
        Arrays.Write<byte>(writer, _edgeLabel);
        Arrays.Write<int>(writer, _edgeTarget);
        Arrays.Write<int>(writer, _firstPayload);
        Arrays.Write<int>(writer, _payload);
    }

    /// <summary>Builds a trie. Phrases are folded, and at least two letters long.</summary>
    public static WordTrie Build(IEnumerable<(string Phrase, int Payload)> phrases)
    {
        var root = new Builder();
        foreach (var (phrase, payload) in phrases)
        {
            var node = root;
            foreach (var letter in phrase)
            {
                if (!node.Children.TryGetValue((byte)letter, out var child))
                {
                    child = new Builder();
                    node.Children.Add((byte)letter, child);
                }

                node = child;
            }

            if (!node.Payloads.Contains(payload))
            {
                node.Payloads.Add(payload);
            }
        }

        return new WordTrie(root);
    }

    /// <summary>Adds every phrase found: its payload, its first and last word.</summary>
    public void Find(FoldedText text, List<WordHit> hits)
    {
        var bytes = text.Text;
        var words = text.Words;
        for (var w = 0; w < words.Length; w++)
        {
            var start = words[w].Start;
            if (words[w].End - start >= 2)
            {
                var begin = Begin(bytes[start], bytes[start + 1], words[w].End - start > 2 ? bytes[start + 2] : (byte)' ');
                if ((_begins[begin >> 6] >> (begin & 63) & 1) == 0)
                {
                    continue;
                }

                var four = Four(begin, words[w].End - start > 3 ? bytes[start + 3] : (byte)' ');
                if ((_fours[four >> 6] >> (four & 63) & 1) == 0)
                {
                    continue;
                }

                var node = _head[((bytes[start] & 127) * 128) + (bytes[start + 1] & 127)];
                if (node >= 0)
                {
                    Walk(node, start + 2, w, w, bytes, words, hits);
                }
            }
        }
    }

    // Five bits a letter; digits share those of letters, which only lets a few more words through.
    private static int Begin(byte first, byte second, byte third) => ((first & 31) << 10) | ((second & 31) << 5) | (third & 31);

    // The fourth letter decides for most of the rest; hashed, so that the bits stay at hand as well.
    private static int Four(int begin, byte fourth) => (int)((uint)((begin << 5) | (fourth & 31)) * 0x9E3779B1u >> (32 - FourBitsLog));

    private void Walk(int node, int at, int first, int word, ReadOnlySpan<byte> bytes, ReadOnlySpan<FoldedWord> words, List<WordHit> hits)
    {
        while (true)
        {
            var star = Child(node, Star);
            if (star >= 0)
            {
                Accept(star, first, word, hits);
                var next = Child(star, (byte)' ');
                if (next >= 0 && word + 1 < words.Length)
                {
                    Walk(next, words[word + 1].Start, first, word + 1, bytes, words, hits);
                }
            }

            if (at == words[word].End)
            {
                Accept(node, first, word, hits);
                node = Child(node, (byte)' ');
                if (node < 0 || word + 1 >= words.Length)
                {
                    return;
                }

                word++;
                at = words[word].Start;
                continue;
            }

            node = Child(node, bytes[at]);
            if (node < 0)
            {
                return;
            }

            at++;
        }
    }

    private void Accept(int node, int first, int last, List<WordHit> hits)
    {
        for (var p = _firstPayload[node]; p < _firstPayload[node + 1]; p++)
        {
            hits.Add(new WordHit(_payload[p], first, last));
        }
    }

    private int Child(int node, byte label)
    {
        var end = _firstEdge[node + 1];
        for (var e = _firstEdge[node]; e < end; e++)
        {
            if (_edgeLabel[e] == label)
            {
                return _edgeTarget[e];
            }
        }

        return -1;
    }

    private sealed class Builder
    {
        public int Number { get; set; }

        public SortedDictionary<byte, Builder> Children { get; } = [];

        public List<int> Payloads { get; } = [];
    }
}

/// <summary>A phrase found: which, and from which word to which.</summary>
internal readonly record struct WordHit(int Payload, int FirstWord, int LastWord);
