using System.Text;
using Palermo.Matching.Names;
using Palermo.Matching.Text;

namespace Palermo.Matching.Scoring;

/// <summary>Ties the words of two names to each other and gives each tie, contradiction and omission its place among the features. Order of words does not matter. Not for more than one thread at a time.</summary>
internal sealed class PairScorer
{
    private const int MostLinks = 512;

    private readonly Relations _relations = new();
    private readonly Link[] _links = new Link[MostLinks];
    private readonly float[] _keys = new float[MostLinks];
    private readonly byte[] _joined = new byte[1024];
    private readonly byte[] _other = new byte[1024];

    // What became of each word: 0 left over, else tied.
    private readonly Relation[] _tiedA = new Relation[NameForm.MostTokens];
    private readonly Relation[] _tiedB = new Relation[NameForm.MostTokens];

    /// <summary>Where the parts of an explanation go; null when nobody asks.</summary>
    public EvidenceSink? Sink { get; set; }

    /// <summary>Fills the features of the pair (see <see cref="Feature"/>), adding to what is there.</summary>
    public void Compare(NameForm a, NameForm b, bool people, Span<float> features)
    {
        _relations.People = people;
        var (n, m) = (a.Count, b.Count);
        Array.Clear(_tiedA, 0, n);
        Array.Clear(_tiedB, 0, m);
        var links = 0;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < m && links < MostLinks; j++)
            {
                var relation = _relations.Of(a, i, b, j, out var otherFirst);
                if (relation != Relation.None)
                {
                    var rarity = Math.Min(a.Tokens[i].Rarity, b.Tokens[j].Rarity);
                    _links[links] = new Link
                    {
                        A = (byte)i, B = (byte)j, Relation = relation, OtherFirstLetter = otherFirst,
                        Value = Quality(relation) * (1 + rarity) * (otherFirst ? 0.9f : 1f),
                        Tie = a.Tokens[i].Text ^ b.Tokens[j].Text,
                    };
                    links++;
                }
            }
        }

        for (var k = 0; k < links; k++)
        {
            _keys[k] = -_links[k].Value + ((_links[k].Tie & 0xFFFF) * 1e-9f);
        }

        Array.Sort(_keys, _links, 0, links);
        var matched = 0f;
        var words = 0;
        // The strong ties first, then joined and split words, then the weak ones, which would take words away from those.
        Tie(a, b, links, false, features, ref matched, ref words);
        var left = Left(a, _tiedA, n) + Left(b, _tiedB, m);
        if (left > 1)
        {
            Join(a, b, _tiedA, _tiedB, false, features, ref matched, ref words);
            Join(b, a, _tiedB, _tiedA, true, features, ref matched, ref words);
            Whole(a, b, features, ref matched, ref words);
        }

        Tie(a, b, links, true, features, ref matched, ref words);
        var acronyms = 0;
        if (left > 1)
        {
            Acronyms(a, b, _tiedA, _tiedB, false, features, ref matched, ref acronyms);
            Acronyms(b, a, _tiedB, _tiedA, true, features, ref matched, ref acronyms);
        }

        LeftOver(a, b, matched, words, acronyms, features);
        if (words == 1 && (a.Legal == LegalForm.None) != (b.Legal == LegalForm.None) && SharesGivenName(a, b))
        {
            // Emma Daniels is not EMMA LLC.
            features[(int)Feature.OtherKind]++;
            Sink?.Add("other-kind", "", "", (Feature.OtherKind, 1));
        }

        Forms(a, b, features);
    }

    // One side is a given name and nothing else; the other, without a legal form, has more of a person's name.
    private static bool SharesGivenName(NameForm a, NameForm b)
    {
        var (business, person) = a.Legal == LegalForm.None ? (b, a) : (a, b);
        return business.Count == 1 && business.Tokens[0].Class == TokenClass.Given && person.Count == 2 && !person.LooksLikeOrganization;
    }

    private static int Left(NameForm form, Relation[] tied, int count)
    {
        var left = 0;
        for (var i = 0; i < count; i++)
        {
            left += tied[i] == Relation.None && form.Tokens[i].Class is not (TokenClass.Particle or TokenClass.Honorific) ? 1 : 0;
        }

        return left;
    }

    private static float Quality(Relation relation) => relation switch
    {
        Relation.Same => 1f,
        Relation.Spelling => .95f,
        Relation.Variant => .9f,
        Relation.Edit => .85f,
        Relation.Consonants => .8f,
        Relation.FarEdit => .65f,
        Relation.Abbreviation => .6f,
        Relation.Near => .4f,
        _ => .3f,
    };

    private static bool IsWeak(Relation relation) => relation is Relation.FarEdit or Relation.Near or Relation.Initial or Relation.Abbreviation;

    private void Tie(NameForm a, NameForm b, int links, bool weak, Span<float> features, ref float matched, ref int words)
    {
        for (var k = 0; k < links; k++)
        {
            ref var link = ref _links[k];
            if (IsWeak(link.Relation) != weak || _tiedA[link.A] != Relation.None || _tiedB[link.B] != Relation.None)
            {
                continue;
            }

            ref readonly var x = ref a.Tokens[link.A];
            ref readonly var y = ref b.Tokens[link.B];
            // A word for a business tied by nature to a word that is none is no tie.
            _tiedA[link.A] = link.Relation;
            _tiedB[link.B] = link.Relation;
            var rarity = Math.Min(x.Rarity, y.Rarity);
            Count(link, x, y, rarity, features, ref matched, ref words);
            Sink?.Tied(a, link.A, b, link.B, link, rarity);
        }
    }

    internal static void Count(in Link link, in Token x, in Token y, float rarity, Span<float> features, ref float matched, ref int words)
    {
        var core = x.IsCore || y.IsCore;
        if (core && link.Relation is not (Relation.Initial or Relation.Near))
        {
            matched += rarity;
            words++;
        }

        var (count, weighted) = FeaturesOf(link, x, y);
        features[(int)count] += weighted == count ? rarity : 1;
        if (weighted != count)
        {
            features[(int)weighted] += rarity;
        }

        if (link.OtherFirstLetter)
        {
            features[(int)Feature.FirstLetter]++;
        }

        if (x.Written != 0 && x.Written == y.Written && link.Relation == Relation.Same)
        {
            features[(int)Feature.SameWritten]++;
        }
    }

    /// <summary>The feature that counts such ties, and the one that sums their rarity; the same one twice where only rarity counts.</summary>
    internal static (Feature Count, Feature Weighted) FeaturesOf(in Link link, in Token x, in Token y) => link.Relation switch
    {
        Relation.Same when x.Class is TokenClass.Particle or TokenClass.Honorific or TokenClass.Initial => (Feature.SameParticle, Feature.SameParticle),
        Relation.Same when x.Class == TokenClass.Number => (Feature.SameNumber, Feature.SameNumber),
        Relation.Same or Relation.Spelling or Relation.Variant when !(x.IsCore || y.IsCore) => x.Class switch
        {
            TokenClass.Place => (Feature.SamePlace, Feature.SamePlace),
            TokenClass.Particle or TokenClass.Honorific or TokenClass.Initial => (Feature.SameParticle, Feature.SameParticle),
            _ => (Feature.SameDescriptor, Feature.SameDescriptor),
        },
        Relation.Same => (Feature.SameWord, Feature.SameWordRarity),
        Relation.Spelling => (Feature.Spelling, Feature.SpellingRarity),
        Relation.Variant => (Feature.Variant, Feature.VariantRarity),
        Relation.Consonants => (Feature.Consonants, Feature.ConsonantsRarity),
        Relation.Edit => (Feature.Edit, Feature.EditRarity),
        Relation.FarEdit => (Feature.FarEdit, Feature.FarEditRarity),
        Relation.Near => (Feature.Near, Feature.NearRarity),
        Relation.Initial => (Feature.Initial, Feature.Initial),
        Relation.Abbreviation => (Feature.Abbreviation, Feature.AbbreviationRarity),
        Relation.Acronym => (Feature.Acronym, Feature.Acronym),
        _ => (Feature.Joined, Feature.JoinedRarity),
    };

    /// <summary>Words of <paramref name="many"/> that together are one word of <paramref name="one"/>: Good Will, Goodwill.</summary>
    private void Join(NameForm many, NameForm one, Relation[] tiedMany, Relation[] tiedOne, bool swapped, Span<float> features, ref float matched, ref int words)
    {
        for (var j = 0; j < one.Count; j++)
        {
            if (tiedOne[j] != Relation.None || one.Tokens[j].TextLength < 4)
            {
                continue;
            }

            var target = one.Spelling(j);
            for (var i = 0; i < many.Count && tiedOne[j] == Relation.None; i++)
            {
                if (tiedMany[i] != Relation.None)
                {
                    continue;
                }

                // A run from here, or any two words in either order.
                var length = Append(many, i, 0);
                var end = i + 1;
                for (; end < many.Count && tiedMany[end] == Relation.None && length < target.Length; end++)
                {
                    length = Append(many, end, length);
                    if (Alike(_joined.AsSpan(0, length), target) && end > i)
                    {
                        Joined(many, one, i, end + 1, -1, j, tiedMany, tiedOne, swapped, features, ref matched, ref words);
                        break;
                    }
                }

                for (var k = 0; k < many.Count && tiedOne[j] == Relation.None; k++)
                {
                    if (k != i && k != i + 1 && tiedMany[k] == Relation.None && many.Tokens[i].TextLength + many.Tokens[k].TextLength == target.Length)
                    {
                        length = Append(many, k, Append(many, i, 0));
                        if (target.SequenceEqual(_joined.AsSpan(0, length)))
                        {
                            Joined(many, one, i, i + 1, k, j, tiedMany, tiedOne, swapped, features, ref matched, ref words);
                        }
                    }
                }
            }
        }
    }

    private bool Alike(ReadOnlySpan<byte> joined, ReadOnlySpan<byte> word)
    {
        if (joined.SequenceEqual(word))
        {
            return true;
        }

        return word.Length >= 8 && Math.Abs(joined.Length - word.Length) <= 1 && _relations.Edits.Distance(joined, word, 1) <= 1;
    }

    private int Append(NameForm form, int token, int at)
    {
        var spelling = form.Spelling(token);
        if (at + spelling.Length > _joined.Length)
        {
            return at;
        }

        spelling.CopyTo(_joined.AsSpan(at));
        return at + spelling.Length;
    }

    private void Joined(NameForm many, NameForm one, int from, int to, int also, int j, Relation[] tiedMany, Relation[] tiedOne, bool swapped, Span<float> features, ref float matched, ref int words)
    {
        for (var i = from; i < to; i++)
        {
            tiedMany[i] = Relation.Joined;
        }

        if (also >= 0)
        {
            tiedMany[also] = Relation.Joined;
        }

        tiedOne[j] = Relation.Joined;
        var rarity = one.Tokens[j].Rarity;
        features[(int)Feature.Joined]++;
        features[(int)Feature.JoinedRarity] += rarity;
        matched += rarity;
        words++;
        if (Sink is { } sink)
        {
            var said = string.Join(' ', Enumerable.Range(from, to - from).Append(also).Where(i => i >= 0).Select(many.Say));
            sink.Add("joined", swapped ? one.Say(j) : said, swapped ? said : one.Say(j), (Feature.Joined, 1), (Feature.JoinedRarity, rarity));
        }
    }

    /// <summary>All that is left on both sides, written together, is the same: "f as hion" and "fashion", 永信 and Yongxin.</summary>
    private void Whole(NameForm a, NameForm b, Span<float> features, ref float matched, ref int words)
    {
        var (leftA, lengthA) = Rest(a, _tiedA, _joined);
        var (leftB, lengthB) = Rest(b, _tiedB, _other);
        if (leftA + leftB < 3 || leftA == 0 || leftB == 0 || leftA == leftB || lengthA < 6 || lengthB < 6)
        {
            return;
        }

        var longer = Math.Max(lengthA, lengthB);
        var allowed = longer / 9;
        if (Math.Abs(lengthA - lengthB) > allowed)
        {
            return;
        }

        var distance = longer <= 64 ? _relations.Edits.Distance(_joined.AsSpan(0, lengthA), _other.AsSpan(0, lengthB), allowed) : _joined.AsSpan(0, lengthA).SequenceEqual(_other.AsSpan(0, lengthB)) ? 0 : allowed + 1;
        if (distance > allowed)
        {
            return;
        }

        var rarity = 0f;
        var said = Sink is null ? default : (Rest(a, _tiedA), Rest(b, _tiedB));
        var fewer = leftA <= leftB ? a : b;
        var tied = leftA <= leftB ? _tiedA : _tiedB;
        var count = 0;
        for (var i = 0; i < fewer.Count; i++)
        {
            if (tied[i] == Relation.None)
            {
                rarity += fewer.Tokens[i].Rarity;
                count++;
            }
        }

        features[(int)Feature.Joined] += count;
        features[(int)Feature.JoinedRarity] += rarity;
        matched += rarity;
        words += count;
        Sink?.Add("joined", said.Item1, said.Item2, (Feature.Joined, count), (Feature.JoinedRarity, rarity));
        Fill(_tiedA, a.Count);
        Fill(_tiedB, b.Count);

        static void Fill(Relation[] tied, int count)
        {
            for (var i = 0; i < count; i++)
            {
                tied[i] = tied[i] == Relation.None ? Relation.Joined : tied[i];
            }
        }
    }

    private static (int Words, int Letters) Rest(NameForm form, Relation[] tied, byte[] target)
    {
        var (words, letters) = (0, 0);
        for (var i = 0; i < form.Count; i++)
        {
            if (tied[i] == Relation.None)
            {
                var spelling = form.Spelling(i);
                if (letters + spelling.Length > target.Length)
                {
                    return (0, 0);
                }

                spelling.CopyTo(target.AsSpan(letters));
                letters += spelling.Length;
                words++;
            }
        }

        return (words, letters);
    }

    private static string Rest(NameForm form, Relation[] tied) => string.Join(' ', Enumerable.Range(0, form.Count).Where(i => tied[i] == Relation.None).Select(form.Say));

    /// <summary>A short word that is the first letters of words left over on the other side: SDB, Special Design Bureau.</summary>
    private void Acronyms(NameForm a, NameForm b, Relation[] tiedA, Relation[] tiedB, bool swapped, Span<float> features, ref float matched, ref int acronyms)
    {
        for (var i = 0; i < a.Count; i++)
        {
            ref readonly var token = ref a.Tokens[i];
            if (tiedA[i] != Relation.None || token.TextLength is < 2 or > 7 || token.Class is TokenClass.Number or TokenClass.Place)
            {
                continue;
            }

            var spelling = a.Spelling(i);
            for (var j = 0; j < b.Count && tiedA[i] == Relation.None; j++)
            {
                var at = 0;
                var k = j;
                var taken = 0;
                for (; k < b.Count && at < spelling.Length; k++)
                {
                    if (tiedB[k] != Relation.None)
                    {
                        break;
                    }

                    var first = b.Arena[b.Tokens[k].Offset];
                    if (first == spelling[at])
                    {
                        at++;
                        taken++;
                    }
                    else if (b.Tokens[k].Class != TokenClass.Particle)
                    {
                        break;
                    }
                }

                if (at == spelling.Length && taken >= 2)
                {
                    tiedA[i] = Relation.Acronym;
                    var said = Sink is null ? "" : string.Join(' ', Enumerable.Range(j, k - j).Select(b.Say));
                    for (var t = j; t < k; t++)
                    {
                        tiedB[t] = Relation.Acronym;
                    }

                    var rarity = 2.5f * spelling.Length;
                    features[(int)Feature.Acronym] += rarity;
                    matched += rarity;
                    acronyms++;
                    Sink?.Add("acronym", swapped ? said : a.Say(i), swapped ? a.Say(i) : said, (Feature.Acronym, rarity));
                }
            }
        }
    }

    private void LeftOver(NameForm a, NameForm b, float matched, int words, int acronyms, Span<float> features)
    {
        // Names of nothing but common words ("Technology and Development Group") can be the same; if a word is left over, they share nothing that tells.
        var complete = Left(a, _tiedA, a.Count) + Left(b, _tiedB, b.Count) == 0;
        var contradicted = 0f;
        Contradict(a, b, TokenClass.Word, Feature.Contradiction, Feature.ContradictionRarity, features, ref contradicted);
        var none = 0f;
        Contradict(a, b, TokenClass.Number, Feature.OtherNumber, Feature.OtherNumber, features, ref none);
        Contradict(a, b, TokenClass.Place, Feature.OtherPlace, Feature.OtherPlace, features, ref none);
        Contradict(a, b, TokenClass.Descriptor, Feature.OtherDescriptor, Feature.OtherDescriptor, features, ref none);
        var omitted = Omit(a, _tiedA, false, features) + Omit(b, _tiedB, true, features);
        if (contradicted > 0)
        {
            var share = contradicted / (contradicted + matched);
            features[(int)Feature.ContradictionShare] += share;
            Sink?.Add("contradiction-share", "", "", (Feature.ContradictionShare, share));
        }

        if (complete && words > 0 && contradicted == 0 && omitted == 0)
        {
            var told = Math.Min(matched, 40f);
            features[(int)Feature.Complete]++;
            features[(int)Feature.CompleteRarity] += told;
            Sink?.Add("complete", "", "", (Feature.Complete, 1), (Feature.CompleteRarity, told));
        }

        if (omitted > 0)
        {
            var share = omitted / (omitted + matched);
            features[(int)Feature.OmissionShare] += share;
            Sink?.Add("omission-share", "", "", (Feature.OmissionShare, share));
        }

        // First letters alone are shared by many.
        if ((words == 1 && omitted + contradicted > 0) || (words == 0 && acronyms > 0))
        {
            features[(int)Feature.OneWord]++;
            Sink?.Add("one-word", "", "", (Feature.OneWord, 1));
        }
        else if (words == 0 && !complete)
        {
            features[(int)Feature.NoWord]++;
            Sink?.Add("no-word", "", "", (Feature.NoWord, 1));
        }
    }

    private static bool Is(TokenClass what, in Token token) => what == TokenClass.Word ? token.IsCore : token.Class == what;

    private void Contradict(NameForm a, NameForm b, TokenClass what, Feature count, Feature weighted, Span<float> features, ref float sum)
    {
        // The rarest against the rarest: the order of words does not matter.
        while (true)
        {
            var i = Rarest(a, _tiedA, what);
            var j = Rarest(b, _tiedB, what);
            if (i < 0 || j < 0)
            {
                return;
            }

            var rarity = Math.Min(a.Tokens[i].Rarity, b.Tokens[j].Rarity);
            sum += rarity;
            _tiedA[i] = _tiedB[j] = Relation.Near;
            features[(int)count]++;
            if (weighted != count)
            {
                features[(int)weighted] += rarity;
            }

            if (Sink is { } sink)
            {
                sink.Add(what switch { TokenClass.Word => "other-word", TokenClass.Number => "other-number", TokenClass.Place => "other-place", _ => "other-descriptor" }, a.Say(i), b.Say(j), weighted == count ? [(count, 1)] : [(count, 1), (weighted, rarity)]);
            }
        }
    }

    private static int Rarest(NameForm form, Relation[] tied, TokenClass what)
    {
        var found = -1;
        for (var i = 0; i < form.Count; i++)
        {
            if (tied[i] == Relation.None && Is(what, form.Tokens[i]) && (found < 0 || form.Tokens[i].Rarity > form.Tokens[found].Rarity || (form.Tokens[i].Rarity == form.Tokens[found].Rarity && form.Tokens[i].Text > form.Tokens[found].Text)))
            {
                found = i;
            }
        }

        return found;
    }

    private float Omit(NameForm form, Relation[] tied, bool listed, Span<float> features)
    {
        var sum = 0f;
        for (var i = 0; i < form.Count; i++)
        {
            if (tied[i] != Relation.None)
            {
                continue;
            }

            ref readonly var token = ref form.Tokens[i];
            var (count, weighted) = token.Class switch
            {
                TokenClass.Descriptor => (Feature.OmittedDescriptor, Feature.OmittedDescriptor),
                TokenClass.Place => (Feature.OmittedPlace, Feature.OmittedPlace),
                TokenClass.Number => (Feature.OmittedNumber, Feature.OmittedNumber),
                TokenClass.Particle or TokenClass.Honorific or TokenClass.Initial => (Feature.OmittedParticle, Feature.OmittedParticle),
                TokenClass.Patronymic => (Feature.OmittedPatronymic, Feature.OmittedPatronymic),
                _ => (Feature.Omission, Feature.OmissionRarity),
            };
            features[(int)count]++;
            if (weighted != count)
            {
                features[(int)weighted] += token.Rarity;
            }

            if (token.IsCore && token.Class != TokenClass.Patronymic)
            {
                sum += token.Rarity;
            }

            if (Sink is { } sink)
            {
                var rule = weighted != count ? "omitted-word" : "omitted-" + token.Class.ToString().ToLowerInvariant();
                sink.Add(rule, listed ? "" : form.Say(i), listed ? form.Say(i) : "", weighted == count ? [(count, 1)] : [(count, 1), (weighted, token.Rarity)]);
            }
        }

        return sum;
    }

    private void Forms(NameForm a, NameForm b, Span<float> features)
    {
        // "Company" says nothing about which kind of company.
        const LegalForm Telling = ~LegalForm.Company;
        var (x, y) = (a.Legal & Telling, b.Legal & Telling);
        if (x == 0 || y == 0)
        {
            return;
        }

        var feature = (x & y) != 0 ? Feature.SameForm : Feature.OtherForm;
        features[(int)feature]++;
        Sink?.Add(feature == Feature.SameForm ? "same-form" : "other-form", a.LegalText, b.LegalText, (feature, 1));
    }
}
