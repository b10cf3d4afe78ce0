namespace Palermo.Matching.Scoring;

/// <summary>How two words are one.</summary>
internal enum Relation : byte
{
    None,
    Same,
    Spelling,
    Variant,
    Consonants,
    Edit,
    FarEdit,
    Near,
    Initial,
    Abbreviation,
    Acronym,
    Joined,
}

/// <summary>A word of one name tied to a word of the other.</summary>
internal struct Link
{
    public byte A;
    public byte B;
    public Relation Relation;
    public bool OtherFirstLetter;
    public float Value;
    public uint Tie;
}
