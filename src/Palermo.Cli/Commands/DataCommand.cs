using System.CommandLine;
using Palermo.Knowledge.Editions;
using Spectre.Console;

namespace Palermo.Cli.Commands;

/// <summary><c>palermo data</c>: newer editions of the lists that the indicators rest on.</summary>
internal static class DataCommand
{
    private const int ShownRows = 20;

    public static Command Create(TimeProvider clock)
    {
        var kinds = string.Join("; ", EditionKind.All.Select(k => $"{k.Id} ({k.Title})"));
        var kind = new Argument<string>("kind") { Description = $"What list it is: {kinds}." };
        kind.AcceptOnlyFromAmong([.. EditionKind.All.Select(k => k.Id)]);
        var file = new Argument<string>("file") { Description = "The list as published: XLSX, CSV or JSON." };
        var date = CommonOptions.Date("--date", "Date of the edition: a screening as of this day or later uses it.");
        var force = new Option<bool>("--force") { Description = "Take an edition that lacks most rows of the one before." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what it would change; keep nothing." };
        var data = CommonOptions.DataFolder();
        var all = new Option<bool>("--all") { Description = "Show every row that changes." };
        var import = new Command("import", """
            Take a newer edition of a list, show what it adds, changes and removes, and keep it beside the older ones.
              Example: palermo data import dol-goods ListOfGoods.xlsx --date 2024-09-05
              A screening with --as-of before that date uses the edition that counted then.
            """) { kind, file, date, force, dryRun, all, data };
        import.SetAction(parsed => Import(
            EditionKind.All.First(k => k.Id == parsed.GetValue(kind)),
            parsed.GetValue(file)!,
            parsed.GetValue(date) ?? throw new UsageException("Say the date of the edition, as its publisher gives it: --date 2024-09-05."),
            new EditionStore(parsed.GetValue(data) ?? EditionStore.DefaultFolder), clock.GetUtcNow(), parsed.GetValue(force), parsed.GetValue(dryRun), parsed.GetValue(all)));

        var list = new Command("list", "Show the editions of each list, shipped and imported.\n  Example: palermo data list") { data };
        list.SetAction(parsed => List(new EditionStore(parsed.GetValue(data) ?? EditionStore.DefaultFolder)));
        return new Command("data", "Newer editions of the lists that findings cite.\n  Example: palermo data import uflpa entity-list.csv --date 2025-08-15") { import, list };
    }

    private static int Import(EditionKind kind, string file, DateOnly date, EditionStore store, DateTimeOffset now, bool force, bool dryRun, bool all)
    {
        if (!File.Exists(file))
        {
            throw new UsageException($"There is no file {file}.");
        }

        try
        {
            var (edition, difference, before) = store.Import(kind, file, date, now, force, keep: !dryRun);
            var most = all ? int.MaxValue : ShownRows;
            Console.Out.WriteLine($"{kind.Title}, edition of {date:yyyy-MM-dd}: {edition.Rows} rows. Against the edition of {before:yyyy-MM-dd}: {difference.Added.Count} added, {difference.Changed.Count} changed, {difference.Removed.Count} removed.");
            Show("added", difference.Added.Select(r => "+ " + Line(r)), difference.Added.Count, most);
            Show("changed", difference.Changed.Select(c => "~ " + Changes(kind, c)), difference.Changed.Count, most);
            Show("removed", difference.Removed.Select(r => "- " + Line(r)), difference.Removed.Count, most);
            Console.Out.WriteLine(dryRun ? "Nothing was kept (--dry-run)." : $"Kept in {store.Folder}. A screening as of {date:yyyy-MM-dd} or later uses it; palermo data list shows all editions.");
            return ExitCode.Success;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"palermo: {file}: {e.Message}");
            return ExitCode.BadInput;
        }
    }

    private static void Show(string what, IEnumerable<string> lines, int count, int most)
    {
        foreach (var line in lines.Take(most))
        {
            Console.Out.WriteLine("  " + line);
        }

        if (count > most)
        {
            Console.Out.WriteLine($"  … and {count - most} more {what}; --all shows them.");
        }
    }

    private static string Line(IReadOnlyList<string> row) => string.Join(" · ", row.Where(c => c.Length > 0 && c != "0"));

    private static string Changes(EditionKind kind, ChangedRow row) =>
        string.Join(" · ", row.After.Take(kind.Key).Where(c => c.Length > 0)) + ": " + string.Join(", ", Enumerable.Range(kind.Key, row.After.Count - kind.Key).Where(c => row.Before[c] != row.After[c] && kind.Columns[c] != "as_written").Select(c => $"{kind.Columns[c]} \"{row.Before[c]}\" → \"{row.After[c]}\""));

    private static int List(EditionStore store)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("list", "edition", "rows", "from");
        try
        {
            var editions = store.List();
            foreach (var kind in EditionKind.All)
            {
                table.AddRow(kind.Id, $"{kind.Shipped:yyyy-MM-dd}", "", "shipped with this program");
                foreach (var edition in editions.Where(e => e.Kind == kind))
                {
                    table.AddRow(Markup.Escape(kind.Id), $"{edition.Date:yyyy-MM-dd}", $"{edition.Rows}", Markup.Escape($"{edition.File}, imported {edition.Imported:yyyy-MM-dd}"));
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"palermo: {e.Message}");
            return ExitCode.BadInput;
        }

        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) }).Write(table);
        return ExitCode.Success;
    }
}
