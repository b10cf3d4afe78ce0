namespace Palermo.Knowledge;

/// <summary>All tables of data/ and the edition they make together.</summary>
/// <param name="Edition">The first twelve hexadecimal digits of the SHA-256 of the files of data/ in the order of their names.</param>
/// <param name="Tables">The tables, in the order of their names.</param>
internal sealed record CompiledData(string Edition, IReadOnlyList<DataTable> Tables)
{
    public DataTable this[string name] => Tables.First(table => table.Name == name);
}
