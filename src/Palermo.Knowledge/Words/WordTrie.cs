using System.Numerics;

namespace Palermo.Knowledge.Words;

/// <summary>
/// Finds many phrases in one pass over a folded text. Whole words only; a star in a phrase stands for any ending
/// of its word. The nodes lie in one flat array, the children of a node side by side and found by the bits of a mask;
/// the first two letters lead by a table, since most words stop there. Letters that nothing branches off from lie
/// together in the tail of a node: fewer nodes stay at hand.
/// </summary>
internal sealed class WordTrie
{
    private const byte Star = (byte)'*';
    private const int FourBitsLog = 17;
    private const int FourBits = 1 << FourBitsLog;
    private static readonly byte[] s_code = Codes();
    private static readonly byte[] s_anyLetter = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private readonly ulong[] _begins;
    private readonly ulong[] _fours;
    private readonly int[] _head;
    private readonly Node[] _nodes;
    private readonly int[] _payload;
    private readonly byte[] _tails;

    private WordTrie(Builder root)
    {
        _begins = new ulong[(32 * 32 * 32) / 64];
        _fours = new ulong[FourBits / 64];
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

        foreach (var grandchild in root.Children.Values.SelectMany(child => child.Children.Values))
        {
            grandchild.Compress();
        }

        // Level by level, so that the children of a node are neighbours.
        var nodes = new List<Builder> { root };
        for (var i = 0; i < nodes.Count; i++)
        {
            nodes[i].Number = i;
            nodes.AddRange(nodes[i].Children.Values);
        }

        _nodes = new Node[nodes.Count + 1];
        var payloads = new List<int>();
        var tails = new List<byte>();
        var nextChild = 1;
        for (var i = 0; i < nodes.Count; i++)
        {
            var mask = 0UL;
            foreach (var label in nodes[i].Children.Keys)
            {
                mask |= 1UL << s_code[label];
            }

            _nodes[i] = new Node(mask, nextChild, payloads.Count, tails.Count, nodes[i].Tail.Count);
            tails.AddRange(nodes[i].Tail);
            nextChild += nodes[i].Children.Count;
            payloads.AddRange(nodes[i].Payloads);
        }

        _nodes[^1] = new Node(0, nextChild, payloads.Count, 0, 0);
        _payload = [.. payloads];
        _tails = [.. tails];

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
        _nodes = Arrays.Read<Node>(reader);
        _payload = Arrays.Read<int>(reader);
        _tails = Arrays.Read<byte>(reader);
    }

    /// <summary>Reads a trie written by <see cref="Write"/>.</summary>
    public static WordTrie Read(BinaryReader reader) => new(reader);

    /// <summary>Writes the trie, so that loading it costs a copy.</summary>
    public void Write(BinaryWriter writer)
    {
        Arrays.Write<ulong>(writer, _begins);
        Arrays.Write<ulong>(writer, _fours);
        Arrays.Write<int>(writer, _head);
        Arrays.Write<Node>(writer, _nodes);
        Arrays.Write<int>(writer, _payload);
        Arrays.Write<byte>(writer, _tails);
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
            ref var entered = ref _nodes[node];
            if (entered.TailLength > 0)
            {
                if (words[word].End - at < entered.TailLength || !bytes.Slice(at, entered.TailLength).SequenceEqual(_tails.AsSpan(entered.Tail, entered.TailLength)))
                {
                    return;
                }

                at += entered.TailLength;
            }

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
        for (var p = _nodes[node].FirstPayload; p < _nodes[node + 1].FirstPayload; p++)
        {
            hits.Add(new WordHit(_payload[p], first, last));
        }
    }

    private int Child(int node, byte label)
    {
        ref var at = ref _nodes[node];
        var bit = 1UL << s_code[label];
        return (at.Mask & bit) == 0 ? -1 : at.FirstChild + BitOperations.PopCount(at.Mask & (bit - 1));
    }

    // What folded text and phrases are made of, in the order of the bytes: blank, star, digits, letters. Anything else is no label.
    private static byte[] Codes()
    {
        var codes = new byte[256];
        Array.Fill(codes, (byte)63);
        byte next = 0;
        foreach (var letter in " *0123456789abcdefghijklmnopqrstuvwxyz"u8)
        {
            codes[letter] = next++;
        }

        return codes;
    }

    private readonly record struct Node(ulong Mask, int FirstChild, int FirstPayload, int Tail, int TailLength);

    private sealed class Builder
    {
        public int Number { get; set; }

        public SortedDictionary<byte, Builder> Children { get; private set; } = [];

        public List<int> Payloads { get; private set; } = [];

        public List<byte> Tail { get; } = [];

        /// <summary>Takes the only child into this node, as long as nothing ends or branches here.</summary>
        public void Compress()
        {
            while (Payloads.Count == 0 && Children.Count == 1 && Children.First() is var (label, child) && label is not (Star or (byte)' '))
            {
                Tail.Add(label);
                Children = child.Children;
                Payloads = child.Payloads;
            }

            foreach (var child in Children.Values)
            {
                child.Compress();
            }
        }
    }
}

/// <summary>A phrase found: which, and from which word to which.</summary>
internal readonly record struct WordHit(int Payload, int FirstWord, int LastWord);
