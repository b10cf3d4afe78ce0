using System.Text;
using CsCheck;
using Palermo.Procurement.Tables;
using Palermo.Tests;

namespace Palermo.Procurement.Tests;

/// <summary>Tables of buyers who have nothing else; all of them made up.</summary>
public sealed class TableTests : IDisposable
{
    private const string French = "Acheteur;Référence du marché;Objet du marché;Désignation;Code CPV;Quantité;Titulaire;Pays du titulaire;Montant HT (€);Date d'attribution\r\n"
        + "Ville de Montclair;M-1;Vêtements de travail;Pantalons en coton;18110000-3;250;Confection Exemple;Bangladesh;12 500,50;03/04/2025\r\n"
        + "Ville de Montclair;M-1;Vêtements de travail;\"Chemises; coton\";18332000-5;300;Confection Exemple;Bangladesh;12 500,50;03/04/2025\r\n"
        + "Ville de Montclair;M-2;Nettoyage;Nettoyage des locaux;90911200;1;Propreté Exemple;France;80.000,00;15/05/2025\r\n";

    private readonly Reading _reading = new();

    [Fact]
    public void A_french_export_is_understood_by_its_headers()
    {
        var (processes, problems) = _reading.Read(new ReadOptions(), Describe, _reading.File("marchés 2025.csv", French));
        Assert.Empty(problems);
        Assert.Equal(
            [
                "table-marches-2025-M-1 2025-04-03 Vêtements de travail | Ville de Montclair | Confection Exemple (Bangladesh) | 12500.50 EUR | Pantalons en coton CPV 18110000-3; Chemises; coton CPV 18332000-5",
                "table-marches-2025-M-2 2025-05-15 Nettoyage | Ville de Montclair | Propreté Exemple (France) | 80000.00 EUR | Nettoyage des locaux CPV 90911200",
            ],
            processes);
    }

    [Fact]
    public void Spanish_and_english_exports_are_understood_too()
    {
        var (processes, problems) = _reading.Read(new ReadOptions(), Describe,
            _reading.File("a.csv", "Entidad,Número de expediente,Objeto del contrato,Adjudicatario,Importe de adjudicación,Moneda,Fecha de adjudicación,País de origen\nAyuntamiento de Ejemplo,E-7,Guantes de nitrilo,Guantes Ejemplo SA,\"1.234.567,89\",EUR,31/12/2024,Malasia\n"),
            _reading.File("b.tsv", "Contracting authority\tTender reference\tContract title\tSupplier\tContract value (GBP)\tAward date\nExample Council\tT-9\tSchool cleaning\tClean Example Ltd\t£12,000\t2025-01-31\n"));
        Assert.Empty(problems);
        Assert.Equal(
            [
                "table-a-E-7 2024-12-31 Guantes de nitrilo | Ayuntamiento de Ejemplo | Guantes Ejemplo SA () | 1234567.89 EUR |  ",
                "table-b-T-9 2025-01-31 School cleaning | Example Council | Clean Example Ltd () | 12000 GBP |  ",
            ],
            processes);
    }

    [Fact]
    public void Rows_of_one_process_join_wherever_they_stand()
    {
        var lines = French.Split("\r\n");
        var apart = string.Join("\r\n", lines[0], lines[1], lines[3], lines[2], "");
        var (processes, _) = _reading.Read(new ReadOptions(), p => $"{p.Ocid} {p.Items.Count}", _reading.File("x.csv", apart));
        Assert.Equal(["table-x-M-2 1", "table-x-M-1 2"], processes);
    }

    [Fact]
    public void A_workbook_is_read_from_the_sheet_and_row_where_its_table_is()
    {
        var book = Workbook.Write(("Cover", [["Annual procurement plan"], ["Made for testing"]]), ("Data", [["Contracts of 2025"], [], ["Buyer", "Contract number", "Title", "Supplier", "Amount", "Date signed"], ["Example Council", "C-1", "Surgical gloves", "Gloves Example", 1234.5, 45748.0]]));
        var (processes, problems) = _reading.Read(new ReadOptions(), Describe, _reading.File("plan.xlsx", book));
        Assert.Empty(problems);
        Assert.Equal(["table-plan-C-1 2025-04-01 Surgical gloves | Example Council | Gloves Example () | 1234.5  |  "], processes);
        var view = Assert.Single(TablePreview.Read(Path.Combine(_reading.Folder, "plan.xlsx"), new ReadOptions()));
        Assert.Equal(("Data", 3), (view.Sheet, view.HeaderRow));
    }

    [Fact]
    public void A_mapping_names_what_no_word_list_knows()
    {
        var file = _reading.File("x.csv", "Kunde|Sache|Betrag\nStadt Beispiel|Reinigung|1.500\n");
        var (_, problems) = _reading.Read(new ReadOptions(), p => p, file);
        Assert.StartsWith("The file can't be read: no row of headers was recognised", Assert.Single(problems).What);
        var mapping = TableMapping.Parse("""{"columns": {"Kunde": "buyer/name", "Sache": "tender/title", "Betrag": "value/amount"}, "decimal": ",", "currency": "EUR", "ocidPrefix": "ocds-abc123-"}""");
        var (processes, none) = _reading.Read(new ReadOptions { Tables = mapping }, Describe, file);
        Assert.Empty(none);
        Assert.Equal(["ocds-abc123-row-2  Reinigung | Stadt Beispiel |  () | 1500 EUR |  "], processes);
    }

    [Theory]
    [InlineData("""{"columns": {"a": "buyer/nmae"}}""", "columns: \"a\" is mapped to \"buyer/nmae\", which is no field. Use one of ")]
    [InlineData("""{"colums": {}}""", "There is no setting \"colums\"; there are columns, ")]
    [InlineData("""{"dates": "ymd"}""", "dates holds ymd. Expected: ")]
    [InlineData("""{"columns": """, "It is no JSON: ")]
    [InlineData("""[1]""", "A JSON object was expected")]
    public void A_slip_in_a_mapping_is_told(string json, string what) => Assert.StartsWith(what, Assert.Throws<FormatException>(() => TableMapping.Parse(json)).Message);

    [Theory]
    [InlineData("abc", "12,5", "03/04/2025", "Column \"Amount\" holds \"abc\"; a number with the decimal sign \",\" was expected. It was left out.")]
    [InlineData("12,34,5", "12,5", "03/04/2025", "Column \"Amount\" holds \"12,34,5\"; a number with the decimal sign \",\" was expected. It was left out.")]
    [InlineData("1", "12,5", "31/02/2025", "Column \"Award date\" holds \"31/02/2025\"; a date (day first) was expected. It was left out.")]
    public void A_value_that_is_none_is_left_out_and_told_with_its_row(string amount, string other, string date, string what)
    {
        var (processes, problems) = _reading.Read(new ReadOptions(), p => p.Ocid.Value, _reading.File("x.csv", $"Buyer;Tender reference;Supplier;Amount;Award date\nA;1;S;{other};13/01/2025\nB;2;S;{amount};{date}\n"));
        Assert.Equal(2, processes.Count);
        var problem = Assert.Single(problems);
        Assert.Equal((ProblemKind.Mended, 3L, what), (problem.Kind, problem.Line, problem.What));
    }

    [Fact]
    public void What_the_values_do_not_settle_is_noted()
    {
        var file = _reading.File("x.csv", "Buyer,Tender reference,Amount,Award date,Supplier\nA,1,\"1,234\",03/04/2025,S\n");
        var view = Assert.Single(TablePreview.Read(file, new ReadOptions()));
        Assert.Equal(2, view.Notes.Count);
        Assert.Contains("may have thousands or three decimals", view.Notes[0]);
        Assert.Contains("do not tell day from month", view.Notes[1]);
    }

    [Fact]
    public void Old_encodings_and_old_formats_are_read_or_told()
    {
        var latin1 = Encoding.Latin1.GetBytes(French.Replace("€", "EUR"));
        var (processes, problems) = _reading.Read(new ReadOptions(), p => p.Tender.Title.ToString(), _reading.File("l.csv", latin1));
        Assert.Equal(["Vêtements de travail", "Nettoyage"], processes);
        Assert.Equal(ProblemKind.Mended, Assert.Single(problems).Kind);
        (_, problems) = _reading.Read(new ReadOptions(), p => p, _reading.File("old.xls", [0xD0, 0xCF, 0x11, 0xE0, 0, 0, 0, 0]));
        Assert.Contains("Save it as .xlsx or CSV", Assert.Single(problems).What);
    }

    [Fact]
    public void A_row_beyond_the_last_is_told() // found by fuzzing
    {
        using var book = new MemoryStream();
        book.Write(Workbook.Write(("a", [["Buyer", "Title"], ["A", "B"]])));
        using (var zip = new System.IO.Compression.ZipArchive(book, System.IO.Compression.ZipArchiveMode.Update, leaveOpen: true))
        {
            var sheet = zip.GetEntry("xl/worksheets/sheet1.xml")!;
            using var reader = new StreamReader(sheet.Open());
            var xml = reader.ReadToEnd().Replace("<row r=\"2\"", "<row r=\"33141420\"");
            reader.Dispose();
            sheet.Delete();
            using var writer = new StreamWriter(zip.CreateEntry("xl/worksheets/sheet1.xml").Open());
            writer.Write(xml);
        }

        var (_, problems) = _reading.Read(new ReadOptions(), p => p, _reading.File("far.xlsx", book.ToArray()));
        Assert.Contains("beyond 1,048,576", Assert.Single(problems).What);
    }

    [Fact]
    public void A_workbook_without_sheets_is_told() // found by fuzzing
    {
        var (_, problems) = _reading.Read(new ReadOptions(), p => p, _reading.File("none.xlsx", Workbook.Write()));
        Assert.Equal(ProblemKind.Lost, Assert.Single(problems).Kind);
    }

    [Fact]
    public void No_byte_of_a_table_crashes_the_reader() =>
        Gen.Select(Gen.Int[0, French.Length - 1], Gen.Char, Gen.Int[0, 3]).Array[1, 5].Sample(changes =>
        {
            var text = new StringBuilder(French);
            foreach (var (at, with, how) in changes)
            {
                _ = how switch { 0 => text.Remove(at % text.Length, 1), 1 => text.Insert(at % text.Length, with), 2 => text.Insert(at % text.Length, '"'), _ => text.Replace(';', with) };
            }

            using var reading = new Reading();
            reading.Read(new ReadOptions(), p => p.Ocid.Value, reading.File("x.csv", text.ToString()));
        }, iter: 300);

    public void Dispose() => _reading.Dispose();

    private static string Describe(ContractingProcess p) =>
        $"{p.Ocid} {(p.Date.IsEmpty ? "" : p.Date.ToString()[..10])} {p.Tender.Title} | {p.BuyerName} | {string.Join(", ", p.Parties.Where(x => (x.Roles & PartyRoles.Supplier) != 0).Select(x => $"{x.Name} ({x.Country})").DefaultIfEmpty(" ()"))} | {p.Value?.Amount} {p.Value?.Currency} | {string.Join("; ", p.Items.Select(i => $"{i.Description} {string.Join(' ', i.Classifications.Select(c => $"{c.Scheme} {c.Id}"))}"))}";
}
