namespace Palermo.Procurement.Ocds;

/// <summary>JSON paths of one field of the elements of an array, each put together once.</summary>
internal sealed class IndexedPath(string container, string field)
{
    private const int MostKept = 64;
    private readonly string?[] _known = new string?[MostKept];

    /// <summary><c>container[i].field</c></summary>
    public string this[int i] => i < MostKept ? _known[i] ??= Make(i) : Make(i);

    private string Make(int i) => field.Length > 0 ? $"{container}[{i}].{field}" : $"{container}[{i}]";
}
