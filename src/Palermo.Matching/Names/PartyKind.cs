namespace Palermo.Matching;

/// <summary>Whose name it is; the schema of FollowTheMoney in three kinds.</summary>
public enum PartyKind : byte
{
    /// <summary>Not said (FollowTheMoney <c>LegalEntity</c>): the name itself decides how it is read.</summary>
    Unknown,

    /// <summary>A human being.</summary>
    Person,

    /// <summary>A company, an authority, an association; also vessels and aircraft.</summary>
    Organization,
}
