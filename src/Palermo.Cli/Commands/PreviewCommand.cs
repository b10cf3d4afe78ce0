using System.CommandLine;
using Palermo.Procurement;
using Palermo.Procurement.Tables;
using Spectre.Console;

namespace Palermo.Cli.Commands;

/// <summary><c>palermo preview</c>: how a table was understood.</summary>
internal static class PreviewCommand
{
    private const int ShownProcesses = 3;

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A table: CSV, TSV or XLSX." };
        var columns = CommonOptions.Columns();
        var encoding = CommonOptions.Encoding();
        var command = new Command("preview", """
            Show how the columns of a table (CSV, XLSX) are understood, and the first processes read from it.
              Example: palermo preview contracts.xlsx
              What is not understood is named in a mapping: {"columns": {"Lot name": "items/description"}, "currency": "EUR"}
            """)
        {
            file, columns, encoding,
        };
        command.SetAction(parsed => Run(parsed.GetValue(file)!, CommonOptions.ReadOptions(parsed, encoding, columns, 1)));
        return command;
    }

    private static int Run(string file, ReadOptions options)
    {
        if (!File.Exists(file))
        {
            throw new UsageException($"There is no file {file}.");
        }

        IReadOnlyList<TableView> views;
        try
        {
            views = TablePreview.Read(file, options);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"palermo: {file}: {e.Message}");
            return ExitCode.BadInput;
        }

        if (views.Count == 0)
        {
            Console.Error.WriteLine($"palermo: {file} holds no table. Tables are CSV, TSV and XLSX; OCDS and eForms need no preview.");
            return ExitCode.BadInput;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        foreach (var view in views)
        {
            Show(console, view);
        }

        ShowProcesses(console, file, options);
        return ExitCode.Success;
    }

    private static void Show(IAnsiConsole console, TableView view)
    {
        console.MarkupLineInterpolated($"[bold]{view.File}[/]{(view.Sheet.Length > 0 ? $", sheet {view.Sheet}" : "")}: headers in row {view.HeaderRow}; dates {view.Dates}, decimal sign {view.Decimal}");
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns("column", "holds", "known by");
        foreach (var column in view.Columns.Where(c => c.Header.Length > 0))
        {
            table.AddRow(Markup.Escape(column.Header), column.Field.Length > 0 ? Markup.Escape(column.Field) : "[dim]not understood[/]", Markup.Escape(column.How switch { "en" => "English", "fr" => "French", "es" => "Spanish", var how => how }));
        }

        console.Write(table);
        foreach (var note in view.Notes)
        {
            console.MarkupLineInterpolated($"Note: {note}");
        }
    }

    private static void ShowProcesses(IAnsiConsole console, string file, ReadOptions options)
    {
        using var source = new ProcessSource([file], options);
        var reader = new BatchReader();
        var shown = 0;
        while (shown < ShownProcesses && source.Next() is { } batch)
        {
            using (batch)
            {
                reader.Read(
                    batch,
                    (process, origin) =>
                    {
                        if (shown++ < ShownProcesses)
                        {
                            var item = process.Items.Count > 0 ? process.Items[0] : null;
                            console.MarkupLineInterpolated($"Row {origin.Line}: {process.Ocid}  {process.Tender.Title}  buyer: {process.BuyerName}; supplier: {string.Join(", ", process.Awards.SelectMany(a => a.SupplierNames).Select(n => n.ToString()).Distinct())}; value: {process.Value?.Amount.ToString("N2") ?? "not known"} {process.Value?.Currency}; items: {process.Items.Count}, the first \"{item?.Description}\" {string.Join(" ", item?.Classifications.Select(c => $"{c.Scheme} {c.Id}") ?? [])}");
                        }
                    },
                    problem => console.MarkupLineInterpolated($"Row {problem.Line}: {problem.What} {problem.Mend}"));
            }
        }
    }
}
