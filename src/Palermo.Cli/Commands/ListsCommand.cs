using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using Palermo.Matching.Lists;
using Spectre.Console;

namespace Palermo.Cli.Commands;

/// <summary><c>palermo lists</c>: exclusion lists, their editions and indexes.</summary>
internal static class ListsCommand
{
    private const int ShownRows = 20;

    public static Command Create(TimeProvider clock)
    {
        var data = DataFolder();
        var date = CommonOptions.Date("--date", "Day from which the edition counts; today otherwise.");
        var force = new Option<bool>("--force") { Description = "Take an edition that lacks many of the parties before it." };
        var id = new Argument<string>("list") { Description = "Id of the list (palermo lists show)." };

        var format = new Argument<string>("format") { Description = string.Join("; ", ListFormats.All.Select(f => $"{f.Id}: {f.What}")) + "." };
        format.AcceptOnlyFromAmong([.. ListFormats.All.Select(f => f.Id)]);
        var file = new Argument<string>("file") { Description = "The list as published: a file, or an address (https://…) that it is fetched from." };
        var own = new Option<string?>("--id") { Description = "Id to call the list by; the format's otherwise.", HelpName = "ID" };
        var title = new Option<string?>("--title") { Description = "What people call the list." };
        var publisher = new Option<string?>("--publisher") { Description = "Who publishes it." };
        var licence = new Option<string?>("--licence") { Description = "Terms of use." };
        var map = new Option<string?>("--map") { Description = "For tables: which column is what, as field=column;field=column.", HelpName = "MAP" };
        var stale = new Option<int?>("--stale-after") { Description = "Days after which the list counts as stale.", HelpName = "DAYS" };
        var add = new Command("add", """
            Add a list, from its file as published.
              Example: palermo lists add uflpa entity-list.csv --date 2025-08-15
              Example: palermo lists add table debarred.xlsx --id my-ministry --map "name=Firm;country=Country;until=Barred until"
            """) { format, file, own, title, publisher, licence, map, date, stale, force, data };
        add.SetAction(p =>
        {
            var f = ListFormats.Find(p.GetValue(format)!)!;
            var source = new ListSource
            {
                Id = p.GetValue(own) ?? f.Id, Format = f.Id, Title = p.GetValue(title) ?? (f.Title.Length > 0 ? f.Title : p.GetValue(own) ?? f.Id), Publisher = p.GetValue(publisher) ?? f.Publisher, Licence = p.GetValue(licence) ?? "not stated",
                Origin = IsAddress(p.GetValue(file)!) ? p.GetValue(file)! : Path.GetFullPath(p.GetValue(file)!), Mapping = p.GetValue(map) ?? "", StaleAfterDays = p.GetValue(stale) ?? f.StaleAfterDays, ForcedLabour = f.ForcedLabour,
            };
            return Try(p.GetValue(file)!, () => Take(Store(p.GetValue(data)), source, p.GetValue(file)!, p.GetValue(date), clock, p.GetValue(force), false));
        });

        var from = new Option<string?>("--from") { Description = "File or address to take the new edition from; where the last one came from otherwise.", HelpName = "FILE" };
        var isDelta = new Option<bool>("--delta") { Description = "The file holds changes ({\"op\", \"entity\"} a line), not the whole list." };
        var updated = new Argument<string[]>("list") { Description = "Ids of the lists; all otherwise.", Arity = ArgumentArity.ZeroOrMore };
        var update = new Command("update", """
            Take a new edition of a list. A file that is broken, or lacks many parties, changes nothing.
              Example: palermo lists update            (all lists, from where they came)
              Example: palermo lists update uflpa --from entity-list-2026.csv --date 2026-01-15
              Example: palermo lists update sanctions --from entities.delta.json --delta
            """) { updated, from, isDelta, date, force, data };
        update.SetAction(p =>
        {
            var store = Store(p.GetValue(data));
            var ids = p.GetValue(updated)!.Length > 0 ? p.GetValue(updated)! : [.. store.Lists().Select(l => l.Id)];
            if (p.GetValue(from) is not null && ids.Length != 1)
            {
                throw new UsageException("--from is for one list: name it.");
            }

            if (ids.Length == 0)
            {
                throw new UsageException($"There are no lists in {store.Folder}. palermo lists add adds one.");
            }

            var worst = ExitCode.Success;
            foreach (var listId in ids)
            {
                var source = Known(store, listId);
                var path = p.GetValue(from) ?? source.Origin;
                var kept = p.GetValue(from) is null || p.GetValue(isDelta) ? source : source with { Origin = IsAddress(path) ? path : Path.GetFullPath(path) };
                worst = Math.Max(worst, Try(path, () => Take(store, kept, path, p.GetValue(date), clock, p.GetValue(force), p.GetValue(isDelta))));
            }

            return worst;
        });

        var asOf = CommonOptions.Date("--as-of", "Show the edition that counted on this day.");
        var one = new Argument<string?>("list") { Description = "Id of a list; all otherwise.", Arity = ArgumentArity.ZeroOrOne };
        var show = new Command("show", "Show the lists, or one with its editions and what was not understood in it.\n  Example: palermo lists show uflpa") { one, asOf, data };
        show.SetAction(p => Try("the lists", () => p.GetValue(one) is { } shown ? ShowOne(Store(p.GetValue(data)), shown, p.GetValue(asOf), clock) : ShowAll(Store(p.GetValue(data)), clock)));

        var remove = new Command("remove", "Remove a list with all its editions.\n  Example: palermo lists remove my-ministry") { id, data };
        remove.SetAction(p => Try(p.GetValue(id)!, () =>
        {
            var store = Store(p.GetValue(data));
            var source = Known(store, p.GetValue(id)!);
            store.Remove(source.Id);
            Console.Out.WriteLine($"Removed {source.Id} ({source.Title}). Screenings as of earlier days can't be repeated with it.");
            return ExitCode.Success;
        }));

        var before = CommonOptions.Date("--before", "The edition of this day; the last but one otherwise.");
        var after = CommonOptions.Date("--after", "The edition of this day; the last otherwise.");
        var all = new Option<bool>("--all") { Description = "Show every party that changed." };
        var diff = new Command("diff", "Show what one edition of a list changed against another.\n  Example: palermo lists diff uflpa --before 2025-01-01") { id, before, after, all, data };
        diff.SetAction(p => Try(p.GetValue(id)!, () =>
        {
            var store = Store(p.GetValue(data));
            Known(store, p.GetValue(id)!);
            Print(store.Diff(p.GetValue(id)!, p.GetValue(before), p.GetValue(after)), p.GetValue(all) ? int.MaxValue : ShownRows);
            return ExitCode.Success;
        }));

        return new Command("lists", "Exclusion lists and their index: add, update, show, remove, diff.\n  Example: palermo lists add uflpa entity-list.csv --date 2025-08-15") { add, update, show, remove, diff };
    }

    public static Option<string?> DataFolder() => new("--data") { Description = "Folder that holds the lists (in lists/); PALERMO_DATA, or the user's application data otherwise.", HelpName = "FOLDER" };

    public static ListStore Store(string? data) => new(data is null ? ListStore.DefaultFolder : Path.Combine(data, "lists"));

    public static ListSource Known(ListStore store, string id) => store.Find(id)
        ?? throw new UsageException($"There is no list \"{id}\" in {store.Folder}." + (store.Lists() is { Count: > 0 } lists ? $" There are: {string.Join(", ", lists.Select(l => l.Id))}." : " palermo lists add adds one."));

    /// <summary>Warns of lists whose last edition is old.</summary>
    public static string? Staleness(ListEdition edition, DateOnly today)
    {
        var age = today.DayNumber - edition.Date.DayNumber;
        return age > edition.Source.StaleAfterDays ? $"{edition.Source.Id} is stale: its edition is of {edition.Date:yyyy-MM-dd}, {age} days old (it is expected to be renewed within {edition.Source.StaleAfterDays}). palermo lists update {edition.Source.Id} takes a newer one." : null;
    }

    private static bool IsAddress(string text) => text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    private static int Try(string what, Func<int> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or HttpRequestException or TaskCanceledException)
        {
            Console.Error.WriteLine($"palermo: {what}: {e.Message}");
            return ExitCode.BadInput;
        }
    }

    private static int Take(ListStore store, ListSource source, string path, DateOnly? date, TimeProvider clock, bool force, bool delta)
    {
        if (!ListStore.IsId(source.Id))
        {
            throw new UsageException($"--id {source.Id}: use lower-case letters, digits and hyphens.");
        }

        var fetched = IsAddress(path) ? Fetch(path) : null;
        try
        {
            var file = fetched ?? path;
            if (!File.Exists(file))
            {
                throw new UsageException($"There is no file {file}.");
            }

            var now = clock.GetUtcNow();
            var day = date ?? DateOnly.FromDateTime(now.UtcDateTime);
            var had = store.Current(source.Id, null);
            var (edition, isNew) = delta ? store.AddDelta(source, file, day, now) : store.Add(source, file, day, now, force);
            if (!isNew)
            {
                Console.Out.WriteLine($"{source.Id}: nothing new; the edition of {edition.Date:yyyy-MM-dd} says the same.");
                return ExitCode.Success;
            }

            Console.Out.WriteLine($"{source.Id} ({source.Title}), edition of {edition.Date:yyyy-MM-dd}: {edition.Parties:N0} parties, {edition.Names:N0} names. Licence: {source.Licence}.");
            foreach (var warning in edition.Warnings.Take(ShownRows))
            {
                Console.Error.WriteLine($"palermo: {source.Id}: {warning}");
            }

            if (had is not null)
            {
                Print(store.Diff(source.Id, null, null), ShownRows);
            }

            return ExitCode.Success;
        }
        finally
        {
            if (fetched is not null)
            {
                File.Delete(fetched);
            }
        }
    }

    private static string Fetch(string address)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(10) };
        using var response = client.GetAsync(new Uri(address), HttpCompletionOption.ResponseHeadersRead).GetAwaiter().GetResult();
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidDataException($"it answers {(int)response.StatusCode} {response.ReasonPhrase}; nothing was changed.");
        }

        var path = Path.Combine(Path.GetTempPath(), "palermo-" + Guid.NewGuid().ToString("N")[..8] + Path.GetExtension(new Uri(address).AbsolutePath));
        using (var file = File.Create(path))
        using (var body = response.Content.ReadAsStream())
        {
            body.CopyTo(file);
        }

        if (response.Content.Headers.ContentLength is { } length && new FileInfo(path).Length < length)
        {
            File.Delete(path);
            throw new InvalidDataException($"it broke off before its end; nothing was changed.");
        }

        return address.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? Unpack(path) : path;
    }

    private static string Unpack(string path)
    {
        var unpacked = path[..^3];
        using (var from = new GZipStream(File.OpenRead(path), CompressionMode.Decompress))
        using (var to = File.Create(unpacked))
        {
            from.CopyTo(to);
        }

        File.Delete(path);
        return unpacked;
    }

    private static int ShowAll(ListStore store, TimeProvider clock)
    {
        var lists = store.Lists();
        if (lists.Count == 0)
        {
            Console.Out.WriteLine($"There are no lists in {store.Folder}. palermo lists add adds one.");
            return ExitCode.Success;
        }

        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var table = new Table().Border(TableBorder.Simple).AddColumns("list", "title", "edition", "age", "parties", "names", "licence", "from");
        foreach (var list in lists)
        {
            if (store.Current(list.Id, null) is { } edition)
            {
                var age = today.DayNumber - edition.Date.DayNumber;
                table.AddRow(list.Id, Markup.Escape(list.Title), $"{edition.Date:yyyy-MM-dd}", age.ToString(CultureInfo.InvariantCulture) + " days" + (age > list.StaleAfterDays ? ", stale" : ""), edition.Parties.ToString("N0", CultureInfo.InvariantCulture), edition.Names.ToString("N0", CultureInfo.InvariantCulture), Markup.Escape(list.Licence), Markup.Escape(list.Publisher.Length > 0 ? list.Publisher : Path.GetFileName(list.Origin)));
            }
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = 180;
        }

        console.Write(table);
        return ExitCode.Success;
    }

    private static int ShowOne(ListStore store, string id, DateOnly? asOf, TimeProvider clock)
    {
        var source = Known(store, id);
        var current = store.Current(id, asOf);
        Console.Out.WriteLine($"{source.Id}: {source.Title}");
        Console.Out.WriteLine($"  publisher  {(source.Publisher.Length > 0 ? source.Publisher : "not stated")}");
        Console.Out.WriteLine($"  licence    {source.Licence}");
        Console.Out.WriteLine($"  format     {source.Format}");
        Console.Out.WriteLine($"  from       {source.Origin}");
        if (source.Mapping.Length > 0)
        {
            Console.Out.WriteLine($"  mapping    {source.Mapping}");
        }

        Console.Out.WriteLine("  editions");
        foreach (var edition in store.Editions(id))
        {
            var mark = current is not null && edition == store.Current(id, asOf) || edition.Added == current?.Added ? "*" : " ";
            Console.Out.WriteLine($"  {mark} {edition.Date:yyyy-MM-dd}  {edition.Parties,9:N0} parties  {edition.Names,9:N0} names  added {edition.Added:yyyy-MM-dd HH:mm} UTC  sha256 {edition.Hash[..12]}");
        }

        if (current is null)
        {
            Console.Out.WriteLine($"  No edition counted on {asOf:yyyy-MM-dd}.");
            return ExitCode.Success;
        }

        foreach (var warning in current.Warnings)
        {
            Console.Out.WriteLine($"  not understood: {warning}");
        }

        if (Staleness(current, asOf ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)) is { } stale)
        {
            Console.Out.WriteLine("  " + stale);
        }

        return ExitCode.Success;
    }

    private static void Print(ListDifference difference, int most)
    {
        Console.Out.WriteLine($"{difference.Added.Count} added, {difference.Changed.Count} changed, {difference.Removed.Count} removed.");
        foreach (var line in difference.Added.Select(p => $"  + {p.Caption} ({p.Id})").Take(most)
            .Concat(difference.Changed.Select(c => $"  ~ {c.After.Caption} ({c.After.Id}): {What(c.Before, c.After)}").Take(most))
            .Concat(difference.Removed.Select(p => $"  - {p.Caption} ({p.Id})").Take(most)))
        {
            Console.Out.WriteLine(line);
        }

        if (new[] { difference.Added.Count, difference.Changed.Count, difference.Removed.Count }.Max() > most)
        {
            Console.Out.WriteLine("  … palermo lists diff --all shows every one.");
        }
    }

    private static string What(ListedParty before, ListedParty after)
    {
        var parts = new List<string>();
        Compare("names", before.Names.Select(n => n.Text), after.Names.Select(n => n.Text));
        Compare("countries", before.Countries, after.Countries);
        Compare("addresses", before.Addresses, after.Addresses);
        Compare("dates", before.Dates, after.Dates);
        Compare("identifiers", before.Identifiers, after.Identifiers);
        Compare("grounds", before.Grounds, after.Grounds);
        Compare("period", [before.From + "–" + before.Until], [after.From + "–" + after.Until]);
        return parts.Count == 0 ? "other details" : string.Join("; ", parts);

        void Compare(string what, IEnumerable<string> x, IEnumerable<string> y)
        {
            var (gone, come) = (x.Except(y).ToList(), y.Except(x).ToList());
            if (gone.Count + come.Count > 0)
            {
                parts.Add($"{what}{string.Concat(come.Select(c => $" +{c}"))}{string.Concat(gone.Select(g => $" -{g}"))}");
            }
        }
    }
}
