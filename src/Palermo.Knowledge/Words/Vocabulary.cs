namespace Palermo.Knowledge.Words;

/// <summary>What a word of the lists names.</summary>
public enum WordKind
{
    /// <summary>A good.</summary>
    Good,

    /// <summary>A sector.</summary>
    Sector,

    /// <summary>A condition that aggravates the risk of a sector.</summary>
    Condition,

    /// <summary>A region that an import measure names.</summary>
    Region,

    /// <summary>A country.</summary>
    Country,

    /// <summary>A phrase after which a country of origin is named.</summary>
    OriginPhrase,

    /// <summary>A word that says that a text is about a service, works or a licence and not about buying the thing it names.</summary>
    NotGood,

    /// <summary>A word after which stands what the thing is for, not what it is.</summary>
    Purpose,

    /// <summary>A word of buying, after which stands what is bought.</summary>
    Acquisition,

    /// <summary>A noun that, right behind a word, takes its place: bread machine.</summary>
    HeadAfter,

    /// <summary>The same right before it: máquina de café.</summary>
    HeadBefore,

    /// <summary>A phrase in which a word of a good or sector names something else. Never given out.</summary>
    Hidden,
}

/// <summary>A word or phrase found in a text.</summary>
/// <param name="Kind">What it names.</param>
/// <param name="Index">Index of the good, sector, condition or region; of the country in <see cref="Vocabulary.CountryIds"/>.</param>
/// <param name="Weak">True if the word counts only together with a matching code.</param>
/// <param name="Start">First byte in the text.</param>
/// <param name="End">Byte after the last.</param>
/// <param name="FirstWord">Number of its first word in the text.</param>
/// <param name="LastWord">Number of its last word.</param>
public readonly record struct WordMatch(WordKind Kind, int Index, bool Weak, int Start, int End, int FirstWord, int LastWord);

/// <summary>The word lists of data/, compiled for search.</summary>
public sealed class Vocabulary
{
    // A phrase written in another script than its list (transliterated, or with look-alike letters) must be this long.
    private const int LongEnoughAcrossScripts = 6;
    private static readonly HashSet<string> s_functionWords = new("the of and or in on for to a an de la le les des du et ou un une pour dans el los las del y o por para con en e da do dos das com der die das und oder fur mit von si sau cu din pentru te mil pe i na v z ta".Split(' '), StringComparer.Ordinal);
    private const int LongestPhrase = 40;
    // A head word counts in texts of so many words: "arena lavada", not a sentence that begins with arena.
    private const int ShortText = 5;
    private readonly WordTrie _trie;
    private readonly WordTrie _conditions;
    private readonly Target[] _targets;

    private Vocabulary(WordTrie trie, WordTrie conditions, Target[] targets, string[] countryIds)
    {
        _trie = trie;
        _conditions = conditions;
        _targets = targets;
        CountryIds = countryIds;
    }

    /// <summary>ISO 3166-1 alpha-2 codes by the index of a <see cref="WordKind.Country"/> match.</summary>
    public IReadOnlyList<string> CountryIds { get; }

    /// <summary>Finds all words of the lists in a text. Where one match lies within a longer one of the same kind, the longer stands alone.</summary>
    /// <param name="text">The folded text.</param>
    /// <param name="hits">Scratch space, cleared here.</param>
    /// <param name="matches">Receives the matches, in the order of the text.</param>
    /// <param name="onlyConditions">True to look for aggravating conditions alone, which few words begin like.</param>
    internal void Find(FoldedText text, List<WordHit> hits, List<WordMatch> matches, bool onlyConditions)
    {
        hits.Clear();
        (onlyConditions ? _conditions : _trie).Find(text, hits);
        if (hits.Count == 0)
        {
            return;
        }

        var words = text.Words;
        var begin = matches.Count;
        foreach (var hit in hits)
        {
            var target = _targets[hit.Payload];
            var first = words[hit.FirstWord];
            var last = words[hit.LastWord];
            if (first.Script == target.Script || (target.AcrossScripts && first.Script <= Writing.Cyrillic))
            {
                var match = new WordMatch(target.Kind, target.Index, IsWeak(target.Strength, hit, words.Length), first.OriginalStart, last.OriginalEnd, hit.FirstWord, hit.LastWord);
                if (matches.Count == begin || !matches[^1].Equals(match))
                {
                    matches.Add(match);
                }
            }
        }

        DropContained(matches, begin);
        if (!matches.Exists(static match => match.Kind < WordKind.NotGood))
        {
            matches.Clear(); // "for", "supply" and "services" say nothing without a thing
        }
    }

    private static bool IsWeak(Strength strength, WordHit hit, int words) => strength switch
    {
        Strength.Weak => true,
        Strength.Head => words > ShortText || hit.FirstWord != 0,
        Strength.HeadFinal => words > ShortText || hit.LastWord != words - 1,
        Strength.Alone => hit.FirstWord != 0 || hit.LastWord != words - 1,
        _ => false,
    };

    /// <summary>Writes the vocabulary for <see cref="Read"/>.</summary>
    internal void Write(BinaryWriter writer)
    {
        _trie.Write(writer);
        _conditions.Write(writer);
        Arrays.Write<Target>(writer, _targets);
        writer.Write(string.Join(' ', CountryIds));
    }

    /// <summary>Reads a vocabulary that was compiled with the data.</summary>
    internal static Vocabulary Read(BinaryReader reader) =>
        new(WordTrie.Read(reader), WordTrie.Read(reader), Arrays.Read<Target>(reader), reader.ReadString().Split(' '));

    internal static Vocabulary Build(CompiledData data, Catalogue catalogue)
    {
        var phrases = new List<(string Phrase, int Payload)>();
        var targets = new List<Target>();
        var numbers = new Dictionary<Target, int>();

        void Add(WordKind kind, int index, Strength strength, string word, string language)
        {
            // Short ones would meet foreign words: дын* (melon) is no dynamics.
            var folded = FoldPhrase(word);
            var script = ScriptOf(language);
            var target = new Target(kind, index, strength, script, script <= Writing.Cyrillic && folded.Count(char.IsAsciiLetter) >= LongEnoughAcrossScripts);
            if (!numbers.TryGetValue(target, out var number))
            {
                number = targets.Count;
                numbers.Add(target, number);
                targets.Add(target);
            }

            // "Salts" hides the salts of chemistry, and must not hide salt.
            var forms = Forms.Expand(folded, language).Where(p => p == folded || (!IsFunctionWord(p) && (kind != WordKind.Hidden || p.Length > folded.Length)));
            phrases.AddRange(forms.Select(p => (p, number)));
        }

        void AddTable(string name, string key, WordKind kind, Func<string, int> index)
        {
            var table = data[name];
            for (var r = 0; r < table.Count; r++)
            {
                var (number, language) = (index(table[r, key]), table[r, "lang"]);
                if (table[r, "kind"] == "not")
                {
                    Add(WordKind.Hidden, Hides(kind, number), Strength.Word, table[r, "word"], language);
                }
                else
                {
                    Add(kind, number, StrengthOf(table[r, "kind"], language), table[r, "word"], language);
                }
            }
        }

        AddTable("goods/words", "good", WordKind.Good, IndexOf(catalogue.Goods, g => g.Id));
        AddTable("sectors/words", "sector", WordKind.Sector, IndexOf(catalogue.Sectors, s => s.Id));
        AddTable("sectors/condition-words", "condition", WordKind.Condition, IndexOf(catalogue.Conditions, c => c.Id));
        AddTable("places/region-words", "region", WordKind.Region, IndexOf(catalogue.Regions, r => r.Id));

        var phraseTable = data["places/origin-phrases"];
        for (var r = 0; r < phraseTable.Count; r++)
        {
            Add(WordKind.OriginPhrase, 0, Strength.Word, phraseTable[r, "word"], "");
        }

        var notGoods = data["goods/not-goods-words"];
        for (var r = 0; r < notGoods.Count; r++)
        {
            Add(WordKind.NotGood, 0, Strength.Word, notGoods[r, "word"], notGoods[r, "lang"]);
        }

        var purposes = data["goods/purpose-words"];
        for (var r = 0; r < purposes.Count; r++)
        {
            var kind = purposes[r, "role"] switch { "purpose" => WordKind.Purpose, "acquisition" => WordKind.Acquisition, "head-after" => WordKind.HeadAfter, _ => WordKind.HeadBefore };
            Add(kind, 0, Strength.Word, purposes[r, "word"], purposes[r, "lang"]);
        }

        var countryIds = catalogue.Countries.Keys.Order(StringComparer.Ordinal).ToArray();
        var names = data["places/names"];
        for (var r = 0; r < names.Count; r++)
        {
            var word = names[r, "name"];
            if (Folding.Fold(word).Length >= 3)
            {
                Add(WordKind.Country, Array.BinarySearch(countryIds, names[r, "country"], StringComparer.Ordinal), Strength.Word, Inflected(word, names[r, "lang"]), names[r, "lang"] is "uk" or "ru" ? "uk" : "");
            }
        }

        return new Vocabulary(WordTrie.Build(phrases), WordTrie.Build(phrases.Where(p => targets[p.Payload].Kind == WordKind.Condition)), [.. targets], countryIds);
    }

    /// <summary>True if a folded word stands in every text of some language.</summary>
    internal static bool IsFunctionWord(string folded) => s_functionWords.Contains(folded);

    /// <summary>Folds a phrase of the lists, keeping the star at the end of a word.</summary>
    internal static string FoldPhrase(string phrase) =>
        string.Join(' ', phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.EndsWith('*') ? Folding.Fold(word[..^1]) + "*" : Folding.Fold(word))
            .Where(word => word.Length > 0));

    // The head of "road salt" and "Streusalz" stands last, that of "sal de mesa" first; where characters are words, the whole text decides.
    private static Strength StrengthOf(string kind, string language) => (kind, language) switch
    {
        ("weak", _) => Strength.Weak,
        ("head", "zh" or "ja" or "ko" or "th") => Strength.Alone,
        ("head", "en" or "de" or "nl" or "no" or "sv" or "hy") => Strength.HeadFinal,
        ("head", _) => Strength.Head,
        _ => Strength.Word,
    };

    private static Writing ScriptOf(string language) => language switch
    {
        "uk" or "ru" => Writing.Cyrillic,
        "ar" => Writing.Arabic,
        "hy" => Writing.Armenian,
        "zh" or "ja" or "ko" or "th" => Writing.Characters,
        _ => Writing.Latin,
    };

    private static int Hides(WordKind kind, int index) => ((int)kind << 16) | index;

    // Ukrainian and Russian decline the names of countries: Китай, Китаю, Китаї.
    private static string Inflected(string name, string language) =>
        language is "uk" or "ru" && !name.Contains(' ') && name.Length >= 5 && name[^1] is 'а' or 'я' or 'й' or 'ь' ? name[..^1] + "*" : name;

    private static Func<string, int> IndexOf<T>(IReadOnlyList<T> rows, Func<T, string> id)
    {
        var numbers = rows.Select((row, i) => (Id: id(row), i)).ToDictionary(p => p.Id, p => p.i, StringComparer.Ordinal);
        return key => numbers[key];
    }

    // Matches come in the order of their first words, and no phrase is longer than LongestPhrase words,
    // so only near neighbours can contain one another: linear, however long the text.
    private static void DropContained(List<WordMatch> matches, int begin)
    {
        var kept = begin;
        for (var i = begin; i < matches.Count; i++)
        {
            // Earlier matches may have been moved to the front, never out of order; those dropped cannot hide a longer one.
            if (!HasLonger(matches, matches[i], i - 1, -1, kept, begin) && !HasLonger(matches, matches[i], i + 1, +1, kept, begin))
            {
                matches[kept++] = matches[i];
            }
        }

        matches.RemoveRange(kept, matches.Count - kept);
        matches.RemoveAll(static match => match.Kind == WordKind.Hidden);
    }

    private static bool HasLonger(List<WordMatch> matches, WordMatch inner, int from, int step, int kept, int begin)
    {
        if (step < 0)
        {
            from = kept - 1;
        }

        for (var j = from; j >= begin && j < matches.Count; j += step)
        {
            var outer = matches[j];
            if (step > 0 ? outer.FirstWord > inner.FirstWord : outer.FirstWord < inner.FirstWord - LongestPhrase)
            {
                return false;
            }

            if (outer.FirstWord > inner.FirstWord || outer.LastWord < inner.LastWord)
            {
                continue;
            }

            if (outer.Kind == inner.Kind ? outer.LastWord - outer.FirstWord > inner.LastWord - inner.FirstWord : outer.Kind == WordKind.Hidden && outer.Index == Hides(inner.Kind, inner.Index))
            {
                return true;
            }
        }

        return false;
    }

    private enum Strength : byte
    {
        Word,
        Weak,
        Head,
        HeadFinal,
        Alone,
    }

    private readonly record struct Target(WordKind Kind, int Index, Strength Strength, Writing Script, bool AcrossScripts);
}
