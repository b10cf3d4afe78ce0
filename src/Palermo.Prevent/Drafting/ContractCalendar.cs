using System.Globalization;
using NodaTime;
using Palermo.Knowledge.Clauses;

namespace Palermo.Prevent.Drafting;

/// <summary>Something that falls due.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Title">Title.</param>
/// <param name="Description">What is to be done.</param>
/// <param name="Day">The day; null as long as the day it counts from is not known.</param>
/// <param name="After">How long after (before, if negative) the day it counts from.</param>
/// <param name="EveryMonths">Interval of repetition; 0 if once.</param>
/// <param name="Until">Last day of a repetition; null if the end of the contract is not known.</param>
/// <param name="Why">Why it was chosen.</param>
/// <param name="Demands">Demands it serves.</param>
public sealed record CalendarItem(CalendarEntry Entry, string Title, string Description, DateOnly? Day, int After, int EveryMonths, DateOnly? Until, Reason Why, IReadOnlyList<BoundDemand> Demands)
{
    /// <summary>The days it falls due, up to the last one; the first alone if no last day is known.</summary>
    public IEnumerable<DateOnly> Days()
    {
        if (Day is not { } first)
        {
            yield break;
        }

        yield return first;
        if (EveryMonths > 0 && Until is { } until)
        {
            // Counted from the first day each time, so that the 31st is not lost in a shorter month.
            for (var n = 1; ContractCalendar.Add(first, "months", n * EveryMonths) is var day && day <= until; n++)
            {
                yield return day;
            }
        }
    }
}

/// <summary>Counts the calendar of a contract.</summary>
internal static class ContractCalendar
{
    public static IReadOnlyList<CalendarItem> Of(DraftInput input, TextChooser chooser, IReadOnlyDictionary<string, ResolvedFillIn> fillIns, Words words)
    {
        var start = DayOf(fillIns, "contract.start") ?? FactDay(input, "contract.signatureDate") ?? FactDay(input, "contract.awardDate");
        var end = DayOf(fillIns, "contract.end");
        var notice = FactDay(input, "procedure.date") ?? FactDay(input, "notice.dispatchDate");
        var items = new List<CalendarItem>();
        foreach (var entry in input.Clauses.Calendar)
        {
            var demands = chooser.Demands(entry.Choice);
            if (chooser.Choose(entry.Choice, demands) is not { } why)
            {
                continue;
            }

            var after = entry.After.Sum(a => a[0] == '-' ? -Number(a[1..], fillIns) : Number(a, fillIns));
            var anchor = entry.Anchor switch { "notice" => notice, "end" => end, _ => start };
            var text = words.Text(entry.Id);
            items.Add(new CalendarItem(entry, text.Title, string.Join(' ', text.Main.Select(p => p.Text)), anchor is { } day ? Add(day, entry.Unit, after) : null, after, entry.Every.Length > 0 ? Number(entry.Every, fillIns) : 0, entry.Every.Length > 0 ? end : null, why, demands));
        }

        return [.. items.OrderBy(i => i.Day is null).ThenBy(i => i.Day).ThenBy(i => i.Entry.Anchor switch { "notice" => 0, "start" => 1, _ => 2 })];
    }

    public static DateOnly Add(DateOnly day, string unit, int count)
    {
        var date = new LocalDate(day.Year, day.Month, day.Day);
        var sum = unit switch { "months" => date.PlusMonths(count), "years" => date.PlusYears(count), _ => date.PlusDays(count) };
        return new DateOnly(sum.Year, sum.Month, sum.Day);
    }

    private static int Number(string text, IReadOnlyDictionary<string, ResolvedFillIn> fillIns) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : int.Parse(fillIns[text].Value!, CultureInfo.InvariantCulture);

    private static DateOnly? DayOf(IReadOnlyDictionary<string, ResolvedFillIn> fillIns, string name) =>
        fillIns[name].Value is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    private static DateOnly? FactDay(DraftInput input, string name) => input.Facts.Facts.TryGetValue(name, out var day) ? day.Date : null;
}
