namespace Palermo.Knowledge;

/// <summary>All tables of data/ and the edition they make together.</summary>
/// <param name="Edition">The first twelve hexadecimal digits of the SHA-256 of the files of data/ in the order of their names.</param>
/// <param name="Tables">The tables, in the order of their names.</param>
/// <param name="Words">The word lists compiled for search; empty where the data was read from its folder.</param>
internal sealed record CompiledData(string Edition, IReadOnlyList<DataTable> Tables, byte[] Words)
{
    public DataTable this[string name] => Tables.First(table => table.Name == name);
}
