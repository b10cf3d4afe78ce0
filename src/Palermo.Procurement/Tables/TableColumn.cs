namespace Palermo.Procurement.Tables;

/// <summary>How a column of a table was understood.</summary>
/// <param name="Index">Place of the column, from 0.</param>
/// <param name="Header">Header as written.</param>
/// <param name="Field">Field of OCDS it holds; blank if it was not understood.</param>
/// <param name="How">Why: the language of the word list that knows the header, the mapping file, or a path of OCDS.</param>
/// <param name="Currency">Currency in the header, as in "Amount (EUR)"; blank if there is none.</param>
public sealed record TableColumn(int Index, string Header, string Field, string How, string Currency);

/// <summary>What the beginning of a table was understood to be.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Sheet">Name of the sheet; blank for a text file.</param>
/// <param name="HeaderRow">Row of the headers, from 1.</param>
/// <param name="Columns">All columns.</param>
/// <param name="Dates">Order of day and month in dates with slashes, points or dashes.</param>
/// <param name="Decimal">Decimal sign of amounts.</param>
/// <param name="Notes">What is not sure.</param>
public sealed record TableView(string File, string Sheet, int HeaderRow, IReadOnlyList<TableColumn> Columns, string Dates, string Decimal, IReadOnlyList<string> Notes);
