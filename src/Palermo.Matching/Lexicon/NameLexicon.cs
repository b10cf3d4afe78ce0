using System.Reflection;
using System.Text;
using Palermo.Matching.Names;
using Palermo.Matching.Text;
using Sylvan.Data.Csv;

namespace Palermo.Matching.Lexicon;

/// <summary>What data/names says of words: legal forms, business words and their abbreviations, particles, titles, numbers, places, given names, and how common a word is. Read once.</summary>
internal sealed class NameLexicon
{
    /// <summary>Longest phrase of a table, in words.</summary>
    public const int LongestPhrase = 8;

    private static readonly Lazy<NameLexicon> s_shared = new(() => new NameLexicon());

    private readonly Dictionary<ulong, LegalForm> _legal = [];
    private readonly Dictionary<ulong, Entry> _words = [];
    private readonly Dictionary<uint, ushort> _otherVariant = [];
    private readonly Dictionary<uint, byte> _common = [];
    private readonly HashSet<uint> _phraseStarts = [];
    private readonly Dictionary<uint, string> _legalWords = [];
    private readonly HashSet<uint> _legalHashes = [];
    private readonly List<string> _variantNames = [""];

    /// <summary>A word's class, its group of forms, and (for numbers and places) the word that stands for it.</summary>
    internal readonly record struct Entry(TokenClass Class, ushort Variant, string? Canonical);

    private NameLexicon()
    {
        foreach (var row in Rows("legal-forms.csv", 2))
        {
            if (Phrase(row[0]) is { Count: > 0 and <= LongestPhrase } phrase)
            {
                _legal.TryAdd(LegalKey(phrase), Enum.Parse<LegalForm>(row[1], ignoreCase: true));
                if (phrase.Count > 1)
                {
                    _phraseStarts.Add(LegalHash(Encoding.ASCII.GetBytes(phrase[0])));
                }

                foreach (var word in phrase.Where(w => w.Length >= 7))
                {
                    AddLegalWord(word);
                }
            }
        }

        foreach (var row in Rows("words.csv", 3))
        {
            var kind = Enum.Parse<TokenClass>(row[0], ignoreCase: true);
            var variant = NewVariant(row[1]);
            foreach (var form in row[2].Split(';').Prepend(row[1]))
            {
                AddWord(form, kind, variant, kind is TokenClass.Number ? row[1] : null);
            }
        }

        foreach (var row in Rows("given-names.csv", 2))
        {
            var variant = NewVariant(row[0]);
            foreach (var form in row[1].Split(';').Prepend(row[0]))
            {
                AddWord(form, TokenClass.Given, variant, null);
            }
        }

        foreach (var row in Rows("common.csv", 2))
        {
            if (Phrase(row[0]) is { Count: 1 } phrase)
            {
                _common[Hashes.Of(phrase[0])] = byte.Parse(row[1], System.Globalization.CultureInfo.InvariantCulture);
            }
        }
    }

    public static NameLexicon Shared => s_shared.Value;

    public bool StartsPhrase(uint word) => _phraseStarts.Contains(word);

    public bool Legal(ulong phrase, out LegalForm form) => _legal.TryGetValue(phrase, out form);

    public bool Word(ulong phrase, out Entry entry) => _words.TryGetValue(phrase, out entry);

    public ushort OtherVariant(uint word) => _otherVariant.GetValueOrDefault(word);

    public string VariantName(int variant) => _variantNames[variant];

    /// <summary>Bits that sharing this word says, where the tables know it.</summary>
    public bool Common(uint word, out byte bits) => _common.TryGetValue(word, out bits);

    /// <summary>How a word of a legal form is looked up: long ones by their consonants, since they are romanized and misspelled in many ways.</summary>
    public static uint LegalHash(ReadOnlySpan<byte> word) => word.Length >= 7 && Sounds.Skeleton(word) is var skeleton and not 0 ? skeleton : Hashes.Of(word);

    /// <summary>The same, for a word that may be misspelled by a consonant.</summary>
    public uint LegalHashNear(ReadOnlySpan<byte> word)
    {
        var hash = LegalHash(word);
        return word.Length < 8 || _legalHashes.Contains(hash) ? hash : LegalWordNear(word) is { } near ? LegalHash(Encoding.ASCII.GetBytes(near)) : hash;
    }

    private string? LegalWordNear(ReadOnlySpan<byte> word)
    {
        Span<byte> buffer = stackalloc byte[64];
        if (word.Length > 60)
        {
            return null;
        }

        if (_legalWords.TryGetValue(Hashes.Of(word), out var found))
        {
            return found;
        }

        for (var i = 0; i < word.Length; i++)
        {
            word[..i].CopyTo(buffer);
            word[(i + 1)..].CopyTo(buffer[i..]);
            if (_legalWords.TryGetValue(Hashes.Of(buffer[..(word.Length - 1)]), out found))
            {
                return found;
            }
        }

        return null;
    }

    public static ulong Key(IEnumerable<string> words) => words.Aggregate(0ul, (k, w) => Hashes.Next(k, Hashes.Of(w)));

    private static ulong LegalKey(IEnumerable<string> words) => words.Aggregate(0ul, (k, w) => Hashes.Next(k, LegalHash(Encoding.ASCII.GetBytes(w))));

    private void AddLegalWord(string word)
    {
        _legalHashes.Add(LegalHash(Encoding.ASCII.GetBytes(word)));
        _legalWords.TryAdd(Hashes.Of(word), word);
        for (var i = 0; i < word.Length; i++)
        {
            _legalWords.TryAdd(Hashes.Of(word.Remove(i, 1)), word);
        }
    }

    private ushort NewVariant(string name)
    {
        _variantNames.Add(name);
        return checked((ushort)(_variantNames.Count - 1));
    }

    private void AddWord(string form, TokenClass kind, ushort variant, string? canonical)
    {
        if (Phrase(form) is not { Count: > 0 and <= LongestPhrase } phrase)
        {
            return;
        }

        if (!_words.TryAdd(Key(phrase), new Entry(kind, variant, canonical ?? (phrase.Count > 1 ? string.Concat(phrase) : null))) && phrase.Count == 1)
        {
            _otherVariant.TryAdd(Hashes.Of(phrase[0]), variant);
        }

        Start(phrase);
    }

    private void Start(List<string> phrase)
    {
        if (phrase.Count > 1)
        {
            _phraseStarts.Add(Hashes.Of(phrase[0]));
        }
    }

    private static List<string> Phrase(string text) => [.. Tokenizer.Words(text)];

    private static IEnumerable<string[]> Rows(string table, int columns)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("names/" + table) ?? throw new InvalidOperationException($"data/names/{table} is not in the build.");
        using var csv = CsvDataReader.Create(new StreamReader(stream), new CsvDataReaderOptions { HasHeaders = true });
        while (csv.Read())
        {
            yield return [.. Enumerable.Range(0, columns).Select(csv.GetString)];
        }
    }
}
