using System.Text;

namespace Palermo.Matching.Names;

/// <summary>A name taken apart: words with their classes and keys, and the legal form, which is set aside. Made by <see cref="NameAnalyzer"/>; reused, not shared between threads.</summary>
internal sealed class NameForm
{
    /// <summary>More words than this are not looked at one by one.</summary>
    public const int MostTokens = 40;

    public byte[] Arena = new byte[512];
    public Token[] Tokens = new Token[MostTokens];
    public int Count;
    public int Used;
    public LegalForm Legal;

    /// <summary>The words of the legal form, for people.</summary>
    public string LegalText = "";

    /// <summary>Whether the name reads as an organization's: a legal form, a business word, a number.</summary>
    public bool LooksLikeOrganization;
    public bool LooksLikePerson;

    /// <summary>Words beyond <see cref="MostTokens"/>, not compared.</summary>
    public int Dropped;

    public void Clear() => (Count, Used, Legal, LegalText, LooksLikeOrganization, LooksLikePerson, Dropped) = (0, 0, LegalForm.None, "", false, false, 0);

    public ReadOnlySpan<byte> Spelling(int token) => Arena.AsSpan(Tokens[token].Offset, Tokens[token].TextLength);

    public ReadOnlySpan<byte> NormalSpelling(int token) => Arena.AsSpan(Tokens[token].Offset + Tokens[token].TextLength, Tokens[token].NormalLength);

    public string Say(int token) => Encoding.ASCII.GetString(Spelling(token));

    /// <summary>Adds a word with its spelling and normal spelling, as an index keeps them.</summary>
    public void Add(in Token token, ReadOnlySpan<byte> spellings)
    {
        if (Count == MostTokens)
        {
            Dropped++;
            return;
        }

        Room(spellings.Length);
        spellings.CopyTo(Arena.AsSpan(Used));
        Tokens[Count] = token;
        Tokens[Count].Offset = Used;
        Count++;
        Used += spellings.Length;
    }

    public void Room(int bytes)
    {
        if (Used + bytes > Arena.Length)
        {
            Array.Resize(ref Arena, Math.Max(Arena.Length * 2, Used + bytes));
        }
    }
}
