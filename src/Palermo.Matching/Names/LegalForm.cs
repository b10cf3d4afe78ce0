namespace Palermo.Matching.Names;

/// <summary>Families of legal forms (ISO 20275 lists several thousand forms; these are the differences a name can show).</summary>
[Flags]
internal enum LegalForm : ushort
{
    None = 0,
    Limited = 1,
    Stock = 2,

    /// <summary>Company, Corporation, Société: says nothing about which.</summary>
    Company = 4,
    Partnership = 8,
    Cooperative = 16,
    Association = 32,
    State = 64,
    Sole = 128,
    Branch = 256,
}
