using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Palermo.Prevent.Drafting;

namespace Palermo.Documents.Calendars;

/// <summary>Writes the calendar of a contract as iCalendar (RFC 5545): whole days, repetitions as rules, a reminder a week before.</summary>
public static class CalendarWriter
{
    /// <summary>Writes the items whose day is known.</summary>
    /// <param name="items">Items.</param>
    /// <param name="title">Title of the calendar.</param>
    /// <param name="key">Names the tender: the same item of the same tender keeps its UID, so that a second import replaces it.</param>
    /// <param name="day">Day the calendar was drawn up.</param>
    /// <returns>The calendar; null if no day is known.</returns>
    public static string? Write(IReadOnlyList<CalendarItem> items, string title, string key, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(items);
        var known = items.Where(i => i.Day is not null).ToArray();
        if (known.Length == 0)
        {
            return null;
        }

        var calendar = new Calendar { ProductId = "-//Palermo//Tender pack//EN", Method = "PUBLISH" };
        calendar.AddProperty("X-WR-CALNAME", title);
        foreach (var item in known)
        {
            var first = item.Day!.Value;
            var entry = new CalendarEvent
            {
                Uid = $"{item.Entry.Id}.{key}@palermo",
                DtStamp = new CalDateTime(day.Year, day.Month, day.Day, 0, 0, 0, "UTC"),
                Summary = item.Title,
                Description = item.Demands.Count > 0 ? $"{item.Description}\n{string.Join("\n", item.Demands.DistinctBy(d => d.Demand.Provision.Id).Select(d => $"{d.Demand.Provision.Citation} [{d.Demand.Provision.Id}]"))}" : item.Description,
                Start = new CalDateTime(first),
                End = new CalDateTime(first.AddDays(1)),
                Transparency = TransparencyType.Transparent,
            };
            if (item.EveryMonths > 0)
            {
                // An open repetition would go on after the contract: without its end, five years are shown.
                var until = item.Until ?? first.AddYears(5);
                var rule = new RecurrenceRule(FrequencyType.Monthly, item.EveryMonths) { Until = new CalDateTime(until) };
                if (first.Day > 28)
                {
                    // Months that lack the day take their last one; the standard would leave them out.
                    rule.ByMonthDay = [.. Enumerable.Range(28, first.Day - 27)];
                    rule.BySetPosition = [-1];
                }

                entry.RecurrenceRule = rule;
            }

            entry.Alarms.Add(new Alarm { Action = AlarmAction.Display, Description = item.Title, Trigger = new Trigger(Duration.FromDays(-7)) });
            calendar.Events.Add(entry);
        }

        return new CalendarSerializer().SerializeToString(calendar)!;
    }
}
