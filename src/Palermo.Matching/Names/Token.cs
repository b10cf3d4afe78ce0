using System.Runtime.InteropServices;
using Palermo.Matching.Text;

namespace Palermo.Matching.Names;

/// <summary>What a word of a name does in it.</summary>
internal enum TokenClass : byte
{
    /// <summary>A word that tells one name from another.</summary>
    Word,

    /// <summary>A known given name or family name.</summary>
    Given,

    /// <summary>A father's name: Nikolaevich, Mykolayivna.</summary>
    Patronymic,

    /// <summary>A word for what a business does or is: trading, group, textile.</summary>
    Descriptor,

    /// <summary>A country, city or region.</summary>
    Place,

    /// <summary>A number, however it is written.</summary>
    Number,

    /// <summary>A single letter.</summary>
    Initial,

    /// <summary>of, the, and, al, bin, von.</summary>
    Particle,

    /// <summary>Mr, Dr, Sheikh; of ships, MV.</summary>
    Honorific,
}

/// <summary>One word of a name with all that is asked of it when names are compared. Blittable: the vocabulary of an index is an array of them.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct Token
{
    /// <summary>Hash of the spelling in lower-case Latin letters.</summary>
    public uint Text;

    /// <summary>Hash of <see cref="Sounds.Normal"/>.</summary>
    public uint Normal;

    /// <summary><see cref="Sounds.Skeleton"/>.</summary>
    public uint Skeleton;

    /// <summary>Hash of the letters as they were written, in scripts other than Latin; else 0.</summary>
    public uint Written;

    /// <summary>Which letters the normal spelling has, for a quick no.</summary>
    public uint Letters;

    /// <summary>Groups of forms that stand for each other (see data/names); 0 for none.</summary>
    public ushort Variant;

    public ushort OtherVariant;

    /// <summary>How much a shared word says, in bits: minus the logarithm to base 2 of its share among names.</summary>
    public float Rarity;

    /// <summary>Where its spelling starts; the normal spelling follows it.</summary>
    public int Offset;

    public byte TextLength;
    public byte NormalLength;
    public TokenClass Class;
    public Script Script;

    /// <summary>Whether a match in this word speaks for the name itself, and a difference against it.</summary>
    public readonly bool IsCore => Class is TokenClass.Word or TokenClass.Given or TokenClass.Patronymic;
}
