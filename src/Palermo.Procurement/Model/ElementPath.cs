namespace Palermo.Procurement;

/// <summary>JSON path of an element, put into words only when somebody asks: most are never shown.</summary>
/// <param name="Container">Path of the array, or of the object itself.</param>
/// <param name="Index">Index in the array, or -1.</param>
internal readonly record struct ElementPath(string Container, int Index)
{
    public override string ToString() => Index < 0 ? Container : $"{Container}[{Index}]";
}
