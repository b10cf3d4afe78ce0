using Palermo.Matching.Names;
using Palermo.Matching.Scoring;
using Palermo.Matching.Text;

namespace Palermo.Matching.Index;

/// <summary>A listed name that may be the one asked for.</summary>
internal readonly record struct Hit(int Name, int Entity, double Bits);

/// <summary>Finds the listed names nearest to a name. One for each thread.</summary>
internal sealed class NameSearcher
{
    /// <summary>So many names are compared word by word; the rest was left behind by the sum of what their words share.</summary>
    private const int Compared = 40;

    // After these, only names that share nearly as much as the first are compared.
    private const int AlwaysCompared = 8;
    private const float Promising = 0.84f;

    private const int ManyWords = 100_000;

    private readonly NameIndex _index;
    private readonly NameAnalyzer _analyzer = new();
    private readonly NameForm _query = new();
    private readonly NameForm _listed = new();
    private readonly PairScorer _scorer = new();
    private readonly Relations _relations = new();
    private readonly float[] _features = new float[MatchModel.FeatureCount];
    private readonly float[] _sums;
    private readonly byte[] _seen;
    private static readonly Comparer<(float Rank, int Name)> s_byRank = Comparer<(float Rank, int Name)>.Create(static (x, y) => y.Rank != x.Rank ? y.Rank.CompareTo(x.Rank) : x.Name.CompareTo(y.Name));

    private readonly List<int> _touched = [];
    private readonly List<uint> _keys = [];
    private readonly List<(int Word, float Weight, int Names)> _related = [];
    private readonly HashSet<int> _once = [];
    private readonly byte[] _buffer = new byte[4096];
    private readonly (float Rank, int Name)[] _best = new (float, int)[Compared];

    public NameSearcher(NameIndex index)
    {
        _index = index;
        _sums = new float[index.NameCount];
        _seen = new byte[index.NameCount];
    }

    /// <summary>The best names first, one for each entity, down to <paramref name="least"/> bits.</summary>
    public void Search(ReadOnlySpan<char> name, PartyKind kind, int most, double least, List<Hit> hits)
    {
        hits.Clear();
        _analyzer.Analyze(name, kind, _query);
        if (_query.Count == 0 || _sums.Length == 0)
        {
            return;
        }

        Gather();
        var count = Select();
        for (var i = 0; i < count; i++)
        {
            if (i >= AlwaysCompared && _best[i].Rank < _best[0].Rank * Promising)
            {
                break;
            }

            var listed = _best[i].Name;
            hits.Add(new Hit(listed, _index.Get<NameRecord>(Section.Names)[listed].Entity, Score(listed, kind)));
        }

        foreach (var touched in _touched)
        {
            _sums[touched] = 0;
            _seen[touched] = 0;
        }

        _touched.Clear();
        hits.Sort(static (x, y) => x.Bits != y.Bits ? y.Bits.CompareTo(x.Bits) : x.Name.CompareTo(y.Name));
        Keep(hits, most, least);
    }

    /// <summary>The bits of the name last searched for against this listed name.</summary>
    public double Score(int listed, PartyKind kind)
    {
        _index.Load(listed, _listed);
        ref readonly var record = ref _index.Get<NameRecord>(Section.Names)[listed];
        Array.Clear(_features);
        _features[(int)Feature.Prior] = 1;
        var people = PartyComparer.IsPerson(PartyComparer.Together(kind, record.Kind), _query, _listed);
        _scorer.Compare(_query, _listed, people, _features);
        return MatchModel.For(people, search: true).Bits(_features);
    }

    private void Keep(List<Hit> hits, int most, double least)
    {
        _once.Clear();
        var kept = 0;
        for (var i = 0; i < hits.Count && kept < most && hits[i].Bits >= least; i++)
        {
            if (_once.Add(hits[i].Entity))
            {
                hits[kept++] = hits[i];
            }
        }

        hits.RemoveRange(kept, hits.Count - kept);
    }

    private void Gather()
    {
        var starts = _index.Get<int>(Section.PostingStarts);
        var postings = _index.Get<int>(Section.Postings);
        // A word that very many names share brings no candidates of its own, only weight for those that other words bring.
        var frequent = Math.Clamp(_sums.Length / 700, 500, 1500);
        var brought = false;
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < _query.Count; i++)
            {
                if (_query.Tokens[i].Class is TokenClass.Particle or TokenClass.Honorific or TokenClass.Initial)
                {
                    continue;
                }

                Related(i);
                var mark = (byte)(i + 1);
                foreach (var (word, weight, names) in _related)
                {
                    var isFrequent = names > frequent;
                    if (isFrequent != (pass == 1))
                    {
                        continue;
                    }

                    var list = postings[starts[word]..starts[word + 1]];
                    if (pass == 0 || !brought)
                    {
                        brought |= pass == 0;
                        var limit = pass == 0 ? list.Length : Math.Min(list.Length, 20_000);
                        foreach (var name in list[..limit])
                        {
                            Touch(name, weight, mark);
                        }
                    }
                    else if (list.Length < _touched.Count * 8)
                    {
                        foreach (var name in list)
                        {
                            if (_sums[name] > 0 && _seen[name] != mark)
                            {
                                _sums[name] += weight;
                                _seen[name] = mark;
                            }
                        }
                    }
                    else
                    {
                        foreach (var name in _touched)
                        {
                            if (_seen[name] != mark && list.BinarySearch(name) >= 0)
                            {
                                _sums[name] += weight;
                                _seen[name] = mark;
                            }
                        }
                    }
                }
            }
        }

        Together();
    }

    private void Touch(int name, float weight, byte mark)
    {
        if (_sums[name] == 0)
        {
            _touched.Add(name);
        }
        else if (_seen[name] == mark)
        {
            return;
        }

        _sums[name] += weight;
        _seen[name] = mark;
    }

    /// <summary>Words of the index related to a word of the query, the strongest relation first.</summary>
    private void Related(int token)
    {
        _related.Clear();
        _once.Clear();
        _keys.Clear();
        ref readonly var asked = ref _query.Tokens[token];
        WordKeyMaker.Make(asked, _query.NormalSpelling(token), _keys, query: true);
        var keyStarts = _index.Get<int>(Section.WordKeyStarts);
        var keys = _index.Get<Key>(Section.WordKeys);
        var vocabulary = _index.Get<Token>(Section.Vocabulary);
        var spellings = _index.Get<byte>(Section.Spellings);
        var starts = _index.Get<int>(Section.PostingStarts);
        foreach (var hash in _keys)
        {
            foreach (var key in KeyTable.Find(keyStarts, keys, hash))
            {
                if (!_once.Add(key.Value))
                {
                    continue;
                }

                ref readonly var word = ref vocabulary[key.Value];
                _listed.Clear();
                _listed.Add(word, spellings.Slice(word.Offset, word.TextLength + word.NormalLength));
                var relation = _relations.Of(_query, token, _listed, 0, out _);
                // Among hundreds of thousands of words a short one is near to hundreds by chance.
                if (relation is Relation.Near || (relation == Relation.FarEdit && asked.NormalLength <= 4 && vocabulary.Length > ManyWords))
                {
                    continue;
                }

                var quality = relation switch
                {
                    Relation.Same => 1f,
                    Relation.Spelling => .95f,
                    Relation.Variant => .8f,
                    Relation.Edit => .8f,
                    Relation.Consonants => .7f,
                    Relation.FarEdit => .6f,
                    _ => 0f,
                };
                if (quality > 0)
                {
                    _related.Add((key.Value, quality * Math.Min(asked.Rarity, word.Rarity), starts[key.Value + 1] - starts[key.Value]));
                }
            }
        }

        _related.Sort(static (x, y) => y.Weight.CompareTo(x.Weight));
    }

    private void Together()
    {
        var starts = _index.Get<int>(Section.NameKeyStarts);
        var keys = _index.Get<Key>(Section.NameKeys);
        NameKeyMaker.Make(_query, _buffer, hash =>
        {
            ReachWord(hash);
            ReachName(hash);
        });
        for (var i = 0; i < _query.Count; i++)
        {
            if (_query.Tokens[i].NormalLength >= 5)
            {
                ReachName(Hashes.Of(_query.NormalSpelling(i)));
            }

            if (_query.Tokens[i].TextLength is >= 3 and <= 6)
            {
                ReachName(NameKeyMaker.Acronym(_query.Spelling(i)));
            }
        }
    }

    // Two words of the query that are one word of the list.
    private void ReachWord(uint normal)
    {
        _keys.Clear();
        var postingStarts = _index.Get<int>(Section.PostingStarts);
        var postings = _index.Get<int>(Section.Postings);
        var vocabulary = _index.Get<Token>(Section.Vocabulary);
        foreach (var key in KeyTable.Find(_index.Get<int>(Section.WordKeyStarts), _index.Get<Key>(Section.WordKeys), WordKeyMaker.Sound(normal)))
        {
            if (vocabulary[key.Value].Normal == normal)
            {
                foreach (var name in postings[postingStarts[key.Value]..Math.Min(postingStarts[key.Value + 1], postingStarts[key.Value] + 500)])
                {
                    Touch(name, vocabulary[key.Value].Rarity, 255);
                }
            }
        }
    }

    private void ReachName(uint hash)
    {
        var count = 0;
        foreach (var key in KeyTable.Find(_index.Get<int>(Section.NameKeyStarts), _index.Get<Key>(Section.NameKeys), hash))
        {
            Touch(key.Value, 14, 254);
            if (++count == 200)
            {
                return;
            }
        }
    }

    /// <summary>The names with the greatest share of what they and the query could share.</summary>
    private int Select()
    {
        var records = _index.Get<NameRecord>(Section.Names);
        var all = 0f;
        for (var i = 0; i < _query.Count; i++)
        {
            all += _query.Tokens[i].Rarity;
        }

        var count = 0;
        var least = 0f;
        foreach (var name in _touched)
        {
            var rank = _sums[name] / (all + (records[name].Weight * 0.5f) + 8f);
            if (count < Compared)
            {
                _best[count++] = (rank, name);
                if (count == Compared)
                {
                    Array.Sort(_best, s_byRank);
                    least = _best[^1].Rank;
                }
            }
            else if (rank > least)
            {
                var at = count - 1;
                while (at > 0 && _best[at - 1].Rank < rank)
                {
                    _best[at] = _best[at - 1];
                    at--;
                }

                _best[at] = (rank, name);
                least = _best[^1].Rank;
            }
        }

        if (count < Compared)
        {
            Array.Sort(_best, 0, count, s_byRank);
        }

        return count;
    }
}
