using Palermo.Matching.Names;
using Palermo.Matching.Text;

namespace Palermo.Matching.Index;

/// <summary>Ways to reach a name other than by one of its words: neighbours written together, everything written together, first letters.</summary>
internal static class NameKeyMaker
{
    private const uint AcronymTag = 0x9E3779B1u;

    public static void Make(NameForm form, byte[] buffer, Action<uint> add)
    {
        var letters = 0;
        var all = 0;
        for (var i = 0; i < form.Count; i++)
        {
            ref readonly var token = ref form.Tokens[i];
            var spelling = form.NormalSpelling(i);
            if (all + spelling.Length < buffer.Length)
            {
                spelling.CopyTo(buffer.AsSpan(all));
                all += spelling.Length;
            }

            letters += token.Class is TokenClass.Particle or TokenClass.Honorific ? 0 : 1;
        }

        if (form.Count >= 3 && all >= 6)
        {
            add(Hashes.Of(buffer.AsSpan(0, all)));
        }

        for (var i = 0; i + 1 < form.Count; i++)
        {
            if (form.Tokens[i].NormalLength + form.Tokens[i + 1].NormalLength >= 5 && !(form.Tokens[i].Class >= TokenClass.Descriptor && form.Tokens[i + 1].Class >= TokenClass.Descriptor))
            {
                var length = Both(form, i, buffer);
                add(Hashes.Of(buffer.AsSpan(0, length)));
            }
        }

        if (letters is >= 3 and <= 6)
        {
            var at = 0;
            for (var i = 0; i < form.Count; i++)
            {
                if (form.Tokens[i].Class is not (TokenClass.Particle or TokenClass.Honorific))
                {
                    buffer[at++] = form.Arena[form.Tokens[i].Offset];
                }
            }

            add(Hashes.Of(buffer.AsSpan(0, at)) ^ AcronymTag);
        }
    }

    public static uint Acronym(ReadOnlySpan<byte> word) => Hashes.Of(word) ^ AcronymTag;

    private static int Both(NameForm form, int first, byte[] buffer)
    {
        var a = form.NormalSpelling(first);
        var b = form.NormalSpelling(first + 1);
        a.CopyTo(buffer);
        b.CopyTo(buffer.AsSpan(a.Length));
        return a.Length + b.Length;
    }
}
