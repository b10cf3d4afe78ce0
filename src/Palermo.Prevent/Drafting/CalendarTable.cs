using Palermo.Prevent.Drafting.Model;

namespace Palermo.Prevent.Drafting;

/// <summary>The calendar as a table: days where they are known, else how long after what.</summary>
internal static class CalendarTable
{
    public static void Write(DocumentBuilder builder, TenderPack pack, Words words, IEnumerable<CalendarItem> items)
    {
        var all = items.ToArray();
        if (Array.Exists(all, i => i.Day is null && i.Entry.Anchor != "notice"))
        {
            builder.Note(words["calendar.no-start"]);
        }

        builder.Table(words["calendar.caption"], [words["column.when"], words["column.who"], words["column.what"], words["column.rule"]], [24, 12, 44, 20],
            [.. all.Select(i => (IReadOnlyList<IReadOnlyList<Run>>)
            [
                [When(i, words)],
                [words["who." + i.Entry.Who]],
                [new Run(RunKind.Strong, i.Title + ". "), i.Description],
                [i.Demands.Count > 0 ? string.Join(", ", i.Demands.Select(d => d.Demand.Provision.Id).Distinct(StringComparer.Ordinal)) : words.Say("why.risk.short", words["level." + pack.Risk.Level.ToString().ToLowerInvariant()].ToLowerInvariant())],
            ])]);
    }

    public static string When(CalendarItem item, Words words)
    {
        var first = item.Day is { } day ? words.Day(day)
            : item.After == 0 ? words["anchor.on." + item.Entry.Anchor]
            : words.Say(item.After < 0 ? "anchor.before" : "anchor.after", words.Say("unit." + item.Entry.Unit, Math.Abs(item.After)), words["anchor." + item.Entry.Anchor]);
        return item.EveryMonths > 0 ? first + words.Say("every", item.EveryMonths) : first;
    }
}
