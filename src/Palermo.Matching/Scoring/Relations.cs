using Palermo.Matching.Names;
using Palermo.Matching.Text;

namespace Palermo.Matching.Scoring;

/// <summary>Says how two words are related, the strongest relation first.</summary>
internal sealed class Relations
{
    private readonly Edits _edits = new();

    public Edits Edits => _edits;

    /// <summary>Whether the names are of people, who are called by beginnings of their names, not by their consonants.</summary>
    public bool People { get; set; }

    public Relation Of(NameForm a, int i, NameForm b, int j, out bool otherFirst)
    {
        ref readonly var x = ref a.Tokens[i];
        ref readonly var y = ref b.Tokens[j];
        otherFirst = false;
        if (x.Text == y.Text)
        {
            // One reading, two ways of writing: 李 and 黎 are both li.
            return x.Written != 0 && y.Written != 0 && x.Script == y.Script && x.Script == Script.Han && x.Written != y.Written ? Relation.Near : Relation.Same;
        }

        if (x.Class == TokenClass.Number || y.Class == TokenClass.Number)
        {
            return Relation.None;
        }

        if (x.Normal == y.Normal)
        {
            return Relation.Spelling;
        }

        if (x.Variant != 0 && (x.Variant == y.Variant || x.Variant == y.OtherVariant) || (x.OtherVariant != 0 && (x.OtherVariant == y.Variant || x.OtherVariant == y.OtherVariant)))
        {
            return Relation.Variant;
        }

        if (x.TextLength == 1 || y.TextLength == 1)
        {
            return a.Arena[x.Offset] == b.Arena[y.Offset] && x.Class is not (TokenClass.Particle or TokenClass.Honorific) && y.Class is not (TokenClass.Particle or TokenClass.Honorific) && (x.Class == TokenClass.Initial || y.Class == TokenClass.Initial)
                ? Relation.Initial
                : Relation.None;
        }

        if (x.Skeleton == y.Skeleton && x.Skeleton != 0 && (x.Script.LacksVowels() != y.Script.LacksVowels()))
        {
            return Relation.Consonants;
        }

        var shorter = Math.Min(x.NormalLength, y.NormalLength);
        var longer = Math.Max(x.NormalLength, y.NormalLength);
        if (shorter < 3 || x.Class is TokenClass.Particle or TokenClass.Honorific || y.Class is TokenClass.Particle or TokenClass.Honorific)
        {
            return Relation.None;
        }

        var limit = longer switch { <= 4 => 1, <= 6 => 2, <= 9 => 3, _ => 4 };
        if (longer - shorter <= limit && System.Numerics.BitOperations.PopCount(x.Letters ^ y.Letters) <= 2 * limit)
        {
            var distance = _edits.Distance(a.NormalSpelling(i), b.NormalSpelling(j), limit);
            if (distance > 1 && (x.TextLength != x.NormalLength || y.TextLength != y.NormalLength))
            {
                distance = Math.Min(distance, _edits.Distance(a.Spelling(i), b.Spelling(j), limit));
            }

            if (distance <= limit)
            {
                otherFirst = a.Arena[x.Offset] != b.Arena[y.Offset];
                return longer switch
                {
                    3 => Relation.Near,
                    4 => shorter == 4 ? Relation.FarEdit : Relation.Near,
                    <= 6 => distance == 1 ? Relation.Edit : Relation.Near,
                    <= 9 => distance == 1 ? Relation.Edit : distance == 2 ? Relation.FarEdit : Relation.Near,
                    _ => distance <= 2 ? Relation.Edit : distance == 3 ? Relation.FarEdit : Relation.Near,
                };
            }
        }

        return Abbreviates(a.Spelling(i), b.Spelling(j)) || Abbreviates(b.Spelling(j), a.Spelling(i)) ? Relation.Abbreviation : Relation.None;
    }

    /// <summary>comm for communication, srvces for services: a beginning, or the consonants in their order.</summary>
    private bool Abbreviates(ReadOnlySpan<byte> abbreviation, ReadOnlySpan<byte> word)
    {
        if (abbreviation.Length < 3 || word.Length < abbreviation.Length + 2 || abbreviation[0] != word[0])
        {
            return false;
        }

        if (word.StartsWith(abbreviation))
        {
            return abbreviation.Length >= 4 || word.Length <= abbreviation.Length + 4 || People;
        }

        if (People)
        {
            return false;
        }

        if (abbreviation.Length * 2 < word.Length)
        {
            return false;
        }

        var at = 0;
        foreach (var letter in word)
        {
            if (at < abbreviation.Length && abbreviation[at] == letter)
            {
                at++;
            }
            else if (letter is not ((byte)'a' or (byte)'e' or (byte)'i' or (byte)'o' or (byte)'u' or (byte)'y'))
            {
                // Only vowels may be left out.
                return false;
            }
        }

        return at == abbreviation.Length;
    }
}
