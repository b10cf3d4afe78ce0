using System.Runtime.InteropServices;
using System.Text;
using Palermo.Matching.Names;
using Palermo.Matching.Text;

namespace Palermo.Matching.Index;

/// <summary>Builds an index of names. Everything stays in memory while it is built: about a kilobyte an entity.</summary>
internal sealed class NameIndexBuilder : IDisposable
{
    private readonly NameAnalyzer _analyzer = new();
    private readonly NameForm _form = new();
    private readonly Dictionary<ulong, int> _words = [];
    private readonly List<Token> _vocabulary = [];
    private readonly MemoryStream _spellings = new();
    private readonly List<int> _nameStarts = [0];
    private readonly List<int> _nameWords = [];
    private readonly List<NameRecord> _names = [];
    private readonly MemoryStream _texts = new();
    private readonly List<Key> _nameKeys = [];
    private readonly List<Key> _identifiers = [];
    private readonly List<int> _entityStarts = [0];
    private readonly List<int> _entityNames = [0];
    private readonly MemoryStream _entities = new();
    private readonly byte[] _joined = new byte[4096];

    public int EntityCount => _entityStarts.Count - 1;

    public int NameCount => _names.Count;

    /// <summary>Adds an entity: its names with their strength, its identifiers, and the bytes to give back when it is found.</summary>
    public void Add(PartyKind kind, IEnumerable<(string Name, NameStrength Strength)> names, IEnumerable<string> identifiers, ReadOnlySpan<byte> entity)
    {
        var number = EntityCount;
        foreach (var (name, strength) in names)
        {
            AddName(number, kind, name, strength);
        }

        foreach (var identifier in identifiers)
        {
            if (IdentifierKey(identifier) is { } hash)
            {
                _identifiers.Add(new Key(hash, number));
            }
        }

        _entities.Write(entity);
        _entityStarts.Add(checked((int)_entities.Length));
        _entityNames.Add(_names.Count);
    }

    /// <summary>The hash an identifier is found by: letters and digits of its value.</summary>
    public static uint? IdentifierKey(string identifier)
    {
        var value = string.Concat(identifier[(identifier.LastIndexOf(':') + 1)..].Where(char.IsLetterOrDigit)).ToUpperInvariant();
        return value.Length < 5 ? null : Hashes.Of(value);
    }

    private void AddName(int entity, PartyKind kind, string name, NameStrength strength)
    {
        _analyzer.Analyze(name, kind, _form);
        if (_form.Count == 0)
        {
            return;
        }

        var weight = 0f;
        for (var i = 0; i < _form.Count; i++)
        {
            _nameWords.Add(Word(i));
            weight += _form.Tokens[i].Rarity;
        }

        _nameStarts.Add(_nameWords.Count);
        var start = checked((int)_texts.Length);
        _texts.Write(Encoding.UTF8.GetBytes(name));
        var number = _names.Count;
        NameKeyMaker.Make(_form, _joined, hash => _nameKeys.Add(new Key(hash, number)));
        _names.Add(new NameRecord
        {
            Entity = entity, TextStart = start, TextLength = (ushort)Math.Min(ushort.MaxValue, _texts.Length - start), Legal = (ushort)_form.Legal, Kind = kind, Strength = strength,
            Weight = (byte)Math.Min(255, weight * 2), Looks = (byte)((_form.LooksLikeOrganization ? 1 : 0) | (_form.LooksLikePerson ? 2 : 0)),
        });
    }

    public void Dispose()
    {
        _spellings.Dispose();
        _texts.Dispose();
        _entities.Dispose();
    }

    private int Word(int at)
    {
        ref readonly var token = ref _form.Tokens[at];
        var key = ((ulong)token.Text << 32) ^ ((ulong)token.Written << 8) ^ (byte)token.Class ^ ((ulong)token.Variant << 40) ^ ((ulong)token.Normal << 3);
        if (!_words.TryGetValue(key, out var number))
        {
            number = _vocabulary.Count;
            _words.Add(key, number);
            var copy = token;
            copy.Offset = checked((int)_spellings.Length);
            _spellings.Write(_form.Spelling(at));
            _spellings.Write(_form.NormalSpelling(at));
            _vocabulary.Add(copy);
        }

        return number;
    }

    public void Write(Stream stream, ReadOnlySpan<byte> about)
    {
        var (postingStarts, postings) = Postings();
        var wordKeys = new List<Key>();
        var keys = new List<uint>();
        var spellings = _spellings.GetBuffer();
        for (var i = 0; i < _vocabulary.Count; i++)
        {
            keys.Clear();
            var token = _vocabulary[i];
            WordKeyMaker.Make(token, spellings.AsSpan(token.Offset + token.TextLength, token.NormalLength), keys, query: false);
            foreach (var key in keys)
            {
                wordKeys.Add(new Key(key, i));
            }
        }

        var (wordKeyStarts, sortedWordKeys) = KeyTable.Build(wordKeys);
        var (nameKeyStarts, sortedNameKeys) = KeyTable.Build(_nameKeys);
        var (identifierStarts, sortedIdentifiers) = KeyTable.Build(_identifiers);
        var aboutBytes = about.ToArray();
        var lengths = new Dictionary<Section, long>();
        var writers = new Dictionary<Section, Action<Stream>>();
        void Put<T>(Section section, T[] items)
            where T : unmanaged
        {
            lengths[section] = (long)items.Length * Marshal.SizeOf<T>();
            writers[section] = s => WriteAll(s, items);
        }

        void PutStream(Section section, MemoryStream bytes)
        {
            lengths[section] = bytes.Length;
            writers[section] = bytes.WriteTo;
        }

        Put(Section.Vocabulary, [.. _vocabulary]);
        PutStream(Section.Spellings, _spellings);
        Put(Section.PostingStarts, postingStarts);
        Put(Section.Postings, postings);
        Put(Section.NameStarts, [.. _nameStarts]);
        Put(Section.NameWords, [.. _nameWords]);
        Put(Section.Names, [.. _names]);
        PutStream(Section.NameTexts, _texts);
        Put(Section.WordKeyStarts, wordKeyStarts);
        Put(Section.WordKeys, sortedWordKeys);
        Put(Section.NameKeyStarts, nameKeyStarts);
        Put(Section.NameKeys, sortedNameKeys);
        Put(Section.EntityStarts, [.. _entityStarts]);
        PutStream(Section.EntityBytes, _entities);
        Put(Section.About, aboutBytes);
        Put(Section.IdentifierKeyStarts, identifierStarts);
        Put(Section.IdentifierKeys, sortedIdentifiers);
        Put(Section.EntityNames, [.. _entityNames]);
        Image.Write(stream, writers, s => lengths[s]);
    }

    private static void WriteAll<T>(Stream stream, T[] items)
        where T : unmanaged
    {
        // Spans of bytes end at 2 GB.
        var size = Marshal.SizeOf<T>();
        var step = (1 << 28) / size;
        for (var at = 0; at < items.Length; at += step)
        {
            stream.Write(MemoryMarshal.AsBytes(items.AsSpan(at, Math.Min(step, items.Length - at))));
        }
    }

    private (int[] Starts, int[] Postings) Postings()
    {
        var starts = new int[_vocabulary.Count + 1];
        foreach (var (word, _) in Occurrences())
        {
            starts[word + 1]++;
        }

        for (var i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        var postings = new int[starts[^1]];
        var at = starts.AsSpan(0, _vocabulary.Count).ToArray();
        foreach (var (word, name) in Occurrences())
        {
            postings[at[word]++] = name;
        }

        return (starts, postings);
    }

    // Each word of each name, once.
    private IEnumerable<(int Word, int Name)> Occurrences()
    {
        var last = new int[_vocabulary.Count];
        Array.Fill(last, -1);
        for (var name = 0; name < _names.Count; name++)
        {
            for (var k = _nameStarts[name]; k < _nameStarts[name + 1]; k++)
            {
                var word = _nameWords[k];
                if (last[word] != name)
                {
                    last[word] = name;
                    yield return (word, name);
                }
            }
        }
    }
}
