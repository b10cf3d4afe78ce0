using System.Text;
using Palermo.Matching.Lexicon;
using Palermo.Matching.Text;

namespace Palermo.Matching.Names;

/// <summary>Takes names apart. Not for more than one thread at a time.</summary>
internal sealed class NameAnalyzer
{
    /// <summary>The most that one shared word can say, in bits.</summary>
    public const float RarestBits = 15f;

    /// <summary>Longer names are cut off here.</summary>
    public const int LongestName = 600;

    private readonly NameLexicon _lexicon = NameLexicon.Shared;
    private readonly byte[] _bytes = new byte[(LongestName * 8) + 64];
    private readonly Tokenizer.Piece[] _pieces = new Tokenizer.Piece[LongestName + 8];
    private readonly uint[] _hashes = new uint[LongestName + 8];
    private readonly bool[] _legal = new bool[LongestName + 8];

    public void Analyze(ReadOnlySpan<char> name, PartyKind kind, NameForm form)
    {
        form.Clear();
        if (name.Length > LongestName)
        {
            name = name[..LongestName];
        }

        var (count, used) = Tokenizer.Cut(name, _bytes, _pieces);
        count = JoinLetters(count, ref used, kind);
        for (var i = 0; i < count; i++)
        {
            _hashes[i] = Hashes.Of(_bytes.AsSpan(_pieces[i].Offset, _pieces[i].Length));
            _legal[i] = false;
        }

        SetLegalAside(count, kind, form);
        Fill(count, kind, form);
        if (form.Count == 0 && form.Legal != LegalForm.None)
        {
            // "Trust Company" has no other words: they are the name.
            _legal.AsSpan(0, count).Clear();
            form.Legal = LegalForm.None;
            form.LegalText = "";
            Fill(count, kind, form);
        }
    }

    private void Fill(int count, PartyKind kind, NameForm form)
    {
        for (var i = 0; i < count;)
        {
            if (_legal[i])
            {
                i++;
                continue;
            }

            i += Add(i, count, kind, form);
        }
    }

    /// <summary>Single letters in a row are one word in names of organizations ("S.A.", "L.X.C. Aviation"), initials in names of people.</summary>
    private int JoinLetters(int count, ref int used, PartyKind kind)
    {
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            var end = i;
            while (end < count && _pieces[end].Length == 1 && _pieces[end].Script != Script.Han && _bytes[_pieces[end].Offset] is >= (byte)'a' and <= (byte)'z')
            {
                end++;
            }

            if (end - i > 1 && (kind != PartyKind.Person || end - i > 3))
            {
                var joined = new Tokenizer.Piece { Offset = used, Length = (byte)Math.Min(end - i, Tokenizer.LongestWord), Script = _pieces[i].Script };
                for (var k = 0; k < joined.Length; k++)
                {
                    _bytes[used++] = _bytes[_pieces[i + k].Offset];
                }

                _pieces[kept++] = joined;
                i = end - 1;
            }
            else
            {
                _pieces[kept++] = _pieces[i];
            }
        }

        return kept;
    }

    private void SetLegalAside(int count, PartyKind kind, NameForm form)
    {
        for (var i = 0; i < count; i++)
        {
            var key = 0ul;
            var length = 0;
            var found = LegalForm.None;
            for (var k = i; k < count && k < i + NameLexicon.LongestPhrase; k++)
            {
                key = Hashes.Next(key, LegalHash(k, kind));
                if (_lexicon.Legal(key, out var legal) && Allowed(i, k + 1, count, kind))
                {
                    (length, found) = (k + 1 - i, legal);
                }

                if (k == i && !_lexicon.StartsPhrase(LegalHash(k, kind)))
                {
                    break;
                }
            }

            if (length > 0)
            {
                form.Legal |= found;
                _legal.AsSpan(i, length).Fill(true);
                form.LegalText = (form.LegalText.Length == 0 ? "" : form.LegalText + " ") + string.Join(' ', Enumerable.Range(i, length).Select(Spelling));
                i += length - 1;
            }
        }

        form.LooksLikeOrganization = form.Legal != LegalForm.None;
    }

    // Short forms are words of other meaning too (as, co, da); they stand at an end or beside another legal form. Long ones stand anywhere.
    private bool Allowed(int start, int end, int count, PartyKind kind)
    {
        var letters = 0;
        for (var i = start; i < end; i++)
        {
            letters += _pieces[i].Length;
        }

        var atEnd = end == count || IsLegalAfter(end, count);
        if (kind == PartyKind.Person)
        {
            return end - start > 1 ? letters >= 7 : end == count && start > 0 && (Strict(start) || ForeignStrict(start));
        }

        // "Gist Brocades NV, Delft": a seat may follow.
        if (start > 0 && end == start + 1 && end >= count - 2 && BeforeSeat(start))
        {
            return true;
        }

        return end - start > 1 || letters >= 7 || atEnd || (start == 0 && (letters > 2 || BeforeName(start))) || (start > 0 && _legal[start - 1]) || _pieces[start].Script == Script.Han || letters == 3 && Strict(start);
    }

    // "Ltd." before a bracket or a place: Fashion Co., Ltd. (Cambodia).
    private bool IsLegalAfter(int from, int count)
    {
        for (var i = from; i < count && i < from + 2; i++)
        {
            if (_lexicon.Legal(Hashes.Next(0, LegalHash(i, PartyKind.Person)), out _))
            {
                return true;
            }
        }

        return false;
    }

    private string Spelling(int at) => Encoding.ASCII.GetString(_bytes, _pieces[at].Offset, _pieces[at].Length);

    private bool Strict(int at) => Spelling(at) is "llc" or "ltd" or "inc" or "gmbh" or "plc" or "ooo" or "pao" or "oao" or "zao" or "jsc" or "srl" or "sarl" or "pjsc" or "ojsc" or "cjsc" or "bvba" or "sprl" or "llp" or "pty" or "pte" or "tov" or "doo" or "eood" or "ood" or "kft";

    // PT Astra, AB SKF, AO Kometa; but RT-Capital is no Hungarian company.
    private bool BeforeName(int at) => Spelling(at) is "pt" or "ab" or "ao" or "ip" or "cv" or "ad" or "ot" or "sa" or "oy" or "as";

    private bool BeforeSeat(int at) => Spelling(at) is "nv" or "bv" or "sa" or "ag" or "spa" or "ab" or "oy" or "kg" or "aps";

    // At the end of a name these are legal forms even where the name is said to be a person's.
    private bool ForeignStrict(int at) => Spelling(at) is "ag" or "kg" or "ohg" or "kgaa" or "lda" or "ltda" or "limitada" or "limited" or "spa" or "sas" or "eurl" or "scop" or "incorporated" or "corporation";

    private uint LegalHash(int at, PartyKind kind)
    {
        var word = _bytes.AsSpan(_pieces[at].Offset, _pieces[at].Length);
        return kind == PartyKind.Person ? NameLexicon.LegalHash(word) : _lexicon.LegalHashNear(word);
    }

    /// <summary>Adds the word (or phrase) that starts here; returns how many pieces it took.</summary>
    private int Add(int i, int count, PartyKind kind, NameForm form)
    {
        var entry = default(NameLexicon.Entry);
        var length = 0;
        var key = 0ul;
        for (var k = i; k < count && k < i + 4 && !_legal[k]; k++)
        {
            key = Hashes.Next(key, _hashes[k]);
            if (_lexicon.Word(key, out var found) && Fits(found, k > i, kind, _pieces[i]))
            {
                (entry, length) = (found, k + 1 - i);
            }

            if (!_lexicon.StartsPhrase(_hashes[i]))
            {
                break;
            }
        }

        var piece = _pieces[i];
        var spelling = _bytes.AsSpan(piece.Offset, piece.Length);
        var token = new Token { Script = piece.Script, Written = piece.Written, Class = TokenClass.Word };
        if (length > 0)
        {
            (token.Class, token.Variant) = (entry.Class, entry.Variant);
            token.OtherVariant = length == 1 ? _lexicon.OtherVariant(_hashes[i]) : (ushort)0;
            if (entry.Canonical is { } canonical)
            {
                Span<byte> other = stackalloc byte[Tokenizer.LongestWord];
                var size = Math.Min(canonical.Length, other.Length);
                for (var c = 0; c < size; c++)
                {
                    other[c] = (byte)canonical[c];
                }

                return Put(form, token, other[..size], length);
            }

            return Put(form, token, spelling, length);
        }

        if (spelling.IndexOfAnyInRange((byte)'0', (byte)'9') >= 0)
        {
            token.Class = TokenClass.Number;
            var zeros = 0;
            while (zeros < spelling.Length - 1 && spelling[zeros] == '0')
            {
                zeros++;
            }

            form.LooksLikeOrganization = true;
            return Put(form, token, spelling[zeros..], 1);
        }

        if (kind != PartyKind.Organization && _lexicon.OtherVariant(_hashes[i]) is var given and not 0)
        {
            // A name that is a word of another kind too: un is one in Spanish, and a syllable of Korean names.
            (token.Class, token.Variant) = (TokenClass.Given, given);
            return Put(form, token, spelling, 1);
        }

        if (spelling.Length == 1 && piece.Script is not (Script.Han or Script.Hangul or Script.Kana))
        {
            token.Class = TokenClass.Initial;
        }
        else if (IsPatronymic(spelling, out var stem))
        {
            token.Class = TokenClass.Patronymic;
            token.Variant = PatronymicVariant(spelling[..stem]);
        }

        return Put(form, token, spelling, 1);
    }

    private static bool Fits(NameLexicon.Entry entry, bool phrase, PartyKind kind, Tokenizer.Piece first) => entry.Class switch
    {
        TokenClass.Descriptor => kind != PartyKind.Person && (phrase || first.Length > 1),
        TokenClass.Honorific => kind == PartyKind.Person || (kind == PartyKind.Unknown && first.Length > 1) || first.Length == 2,
        TokenClass.Particle => first.Length > 1 || phrase,
        TokenClass.Number => kind != PartyKind.Person && (first.Length > 1 || phrase),
        TokenClass.Place => phrase || kind != PartyKind.Person,
        TokenClass.Given => kind != PartyKind.Organization || first.Length > 3,
        _ => true,
    };

    private int Put(NameForm form, Token token, ReadOnlySpan<byte> spelling, int pieces)
    {
        Span<byte> both = stackalloc byte[Tokenizer.LongestWord * 2];
        spelling.CopyTo(both);
        var normal = Sounds.Normal(spelling, both[spelling.Length..]);
        token.Text = Hashes.Of(spelling);
        token.Normal = Hashes.Of(both.Slice(spelling.Length, normal));
        token.Skeleton = Sounds.Skeleton(spelling);
        token.TextLength = (byte)spelling.Length;
        token.NormalLength = (byte)normal;
        token.Letters = LettersOf(both.Slice(spelling.Length, normal));
        token.Rarity = RarityOf(token, spelling);
        form.LooksLikeOrganization |= token.Class is TokenClass.Descriptor;
        form.LooksLikePerson |= token.Class is TokenClass.Given or TokenClass.Patronymic or TokenClass.Honorific;
        form.Add(token, both[..(spelling.Length + normal)]);
        return pieces;
    }

    private static uint LettersOf(ReadOnlySpan<byte> word)
    {
        var mask = 0u;
        foreach (var b in word)
        {
            mask |= 1u << (b & 31);
        }

        return mask;
    }

    private float RarityOf(in Token token, ReadOnlySpan<byte> spelling)
    {
        var known = _lexicon.Common(token.Text, out var bits);
        return token.Class switch
        {
            TokenClass.Particle => 1.5f,
            TokenClass.Honorific => 0.5f,
            TokenClass.Initial => 3f,
            TokenClass.Number => Math.Min(12f, 4f + (1.7f * spelling.Length)),
            TokenClass.Descriptor => known ? Math.Min(bits, 9f) : 8f,
            TokenClass.Place => known ? Math.Min(bits, 9f) : 8f,
            // Syllables of Han and Hangul are few.
            TokenClass.Given or TokenClass.Word when token.Script is Script.Han or Script.Hangul => 6f,
            TokenClass.Given => known ? bits : spelling.Length <= 4 ? 8f : 10f,
            TokenClass.Patronymic => known ? bits : 10.5f,
            _ when known => bits,
            _ => spelling.Length switch { 1 => 3f, 2 => 8f, 3 => 10f, 4 => 12f, 5 => 13.5f, 6 => 14.5f, _ => RarestBits },
        };
    }

    private static readonly byte[][] s_fathers = [.. new[] { "ovich", "evich", "ovych", "yovych", "avich", "ievich", "yevich", "ovitch", "evitch", "ovic", "evic", "owicz", "evych", "iyovych", "ovna", "evna", "ivna", "yivna", "auna", "euna", "ievna", "yevna", "ovich", "ovichs", "inichna", "ichna", "ogly", "oglu", "ovics", "evichs", "avych" }.Distinct().OrderByDescending(s => s.Length).Select(Encoding.ASCII.GetBytes)];

    private static bool IsPatronymic(ReadOnlySpan<byte> word, out int stem)
    {
        foreach (var ending in s_fathers)
        {
            if (word.Length >= ending.Length + 3 && word.EndsWith(ending))
            {
                stem = word.Length - ending.Length;
                return true;
            }
        }

        stem = 0;
        return false;
    }

    // Nikolaevich and Mykolayovych are one father's name: the group of the given name, in a range of its own.
    private ushort PatronymicVariant(ReadOnlySpan<byte> stem)
    {
        Span<byte> word = stackalloc byte[Tokenizer.LongestWord + 2];
        stem.CopyTo(word);
        foreach (var ending in new[] { "", "y", "i", "iy", "ii", "ei", "ey", "a", "o", "ay", "ai", "r" })
        {
            for (var k = 0; k < ending.Length; k++)
            {
                word[stem.Length + k] = (byte)ending[k];
            }

            if (_lexicon.Word(Hashes.Next(0, Hashes.Of(word[..(stem.Length + ending.Length)])), out var entry) && entry.Class == TokenClass.Given)
            {
                return (ushort)(entry.Variant | 0x8000);
            }
        }

        return 0;
    }
}
