using System.Globalization;
using System.Text.Json;
using Palermo.Knowledge.Json;

namespace Palermo.Knowledge.Rules;

/// <summary>A rate of exchange of a day.</summary>
/// <param name="From">ISO 4217 code of what is changed.</param>
/// <param name="To">ISO 4217 code of what it is changed to.</param>
/// <param name="Rate">Units of <paramref name="To"/> for one of <paramref name="From"/>.</param>
/// <param name="Date">Day of the rate.</param>
/// <param name="Source">Who published it.</param>
public sealed record ExchangeRate(string From, string To, decimal Rate, DateOnly Date, string Source);

/// <summary>What is known of a tender.</summary>
public sealed record TenderFacts
{
    /// <summary>The day that all packs are judged at; null to judge each at the day of its own that is among the facts.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Facts by name; what is missing is unknown.</summary>
    public IReadOnlyDictionary<string, FactValue> Facts { get; init; } = new Dictionary<string, FactValue>(StringComparer.Ordinal);

    /// <summary>Where each fact was found, by name; blank for those of a facts file.</summary>
    public IReadOnlyDictionary<string, string> Origins { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Rates by which amounts may be compared in another currency.</summary>
    public IReadOnlyList<ExchangeRate> Rates { get; init; } = [];

    /// <summary>A title for reports; blank if there is none.</summary>
    public string Title { get; init; } = "";

    /// <summary>What is bought, in words; blank if it is not said.</summary>
    public string Description { get; init; } = "";

    /// <summary>What goes into the open places of documents, by name, as it was written: <c>buyer.name</c>, <c>fees.repay-days</c> …</summary>
    public IReadOnlyDictionary<string, string> FillIns { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    internal static TenderFacts Read(Located document, FactList known, Problems problems, Problems remarks)
    {
        var shape = new Shape(document, "facts file", problems);
        var asOf = shape.Date("asOf");
        if (asOf is { } stated && !FactReading.IsUsable(stated))
        {
            problems.Add(shape.Line, $"\"asOf\" is {stated:yyyy-MM-dd}.", "Give a day from 1900 to 2199.");
        }

        var title = shape.OptionalText("title") ?? "";
        var description = shape.OptionalText("description") ?? "";
        var fillIns = shape.Find("fillIns") is { } open ? ReadFillIns(open, problems) : [];
        shape.Find("note");
        shape.Find("name");
        var found = new Dictionary<string, FactValue>(StringComparer.Ordinal);
        if (shape.Need("facts") is { } given)
        {
            found = FactSheetReader.Facts(given, known, problems, remarks);
        }

        var rates = shape.List("rates").Select(r => ReadRate(new Shape(r, "rate", problems), problems)).ToArray();
        shape.Done();
        return new TenderFacts { AsOf = asOf, Facts = found, Rates = rates, Title = title, Description = description, FillIns = fillIns };
    }

    // Which names there are and what fits is checked where documents are drawn up: rules need none of it.
    private static Dictionary<string, string> ReadFillIns(Located value, Problems problems)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        if (value.Kind != JsonValueKind.Object)
        {
            problems.Add(value.Line, $"\"fillIns\" is {value.Said}; an object was expected.", "Write {\"buyer.name\": \"…\", \"fees.repay-days\": 20}.");
        }

        foreach (var (key, line, given) in value.Members)
        {
            if (given.Number is { } number)
            {
                found[key] = number.ToString(CultureInfo.InvariantCulture);
            }
            else if (given.Kind == JsonValueKind.String)
            {
                found[key] = given.Text;
            }
            else if (given.Kind != JsonValueKind.Null)
            {
                problems.Add(line, $"The fill-in \"{key}\" is {given.Said}.", "Write a text or a number.");
            }
        }

        return found;
    }

    private static ExchangeRate ReadRate(Shape shape, Problems problems)
    {
        var rate = new ExchangeRate(shape.Text("from"), shape.Text("to"), shape.Number("rate") ?? 0, shape.Date("date") ?? DateOnly.MinValue, shape.Text("source"));
        if (rate.Rate is <= 0 or > 1_000_000_000 or < 0.000_000_001m || rate.Date == DateOnly.MinValue)
        {
            problems.Add(shape.Line, "A rate needs a number above zero and the day it is of.", "Write {\"from\": \"USD\", \"to\": \"EUR\", \"rate\": 0.92, \"date\": \"2026-02-02\", \"source\": \"ECB\"}.");
        }

        shape.Done();
        return rate;
    }

    /// <summary>Reads <c>name=value</c>, as the command line gives it.</summary>
    /// <param name="text">For instance <c>tender.value=216000 EUR</c>, <c>buyer.codes=us-federal,us-dod</c>, <c>risk.level=high</c>.</param>
    /// <param name="known">The vocabulary.</param>
    /// <returns>Name and value; or what is wrong with it.</returns>
    public static (string Name, FactValue? Value, string? Problem) Parse(string text, FactList known)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(known);
        var at = text.IndexOf('=', StringComparison.Ordinal);
        var name = at < 0 ? text : text[..at].Trim();
        var value = at < 0 ? "" : text[(at + 1)..].Trim();
        if (known.Find(name) is not { } fact)
        {
            return (name, null, $"there is no fact \"{name}\". palermo rules --facts lists them.");
        }

        FactValue? read = null;
        var number = decimal.TryParse(value.Split(' ')[0], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) && Math.Abs(n) <= FactReading.Greatest ? n : (decimal?)null;
        switch (fact.Type)
        {
            case FactType.Boolean when value is "true" or "yes" or "false" or "no":
                read = FactValue.Of(value is "true" or "yes");
                break;
            case FactType.Code when value.Length > 0:
                read = FactValue.Of(value);
                break;
            case FactType.Codes:
                read = FactValue.Of(value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
                break;
            case FactType.Date when DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && FactReading.IsUsable(day):
                read = FactValue.Of(day);
                break;
            case FactType.Number when number is not null && !value.Contains(' ', StringComparison.Ordinal):
                read = FactValue.Of(number.Value);
                break;
            case FactType.Money when number is not null && value.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, { Length: 3 } currency] && currency.All(char.IsAsciiLetterUpper):
                read = FactValue.Of(number.Value, currency);
                break;
        }

        if (read is not null && FactSheetReader.Unknown(read, fact) is { } codes && !FactSheetReader.IsOpen(fact))
        {
            return (name, null, $"{name} has no code {codes}; its codes are {string.Join(", ", fact.Codes.Select(c => c.Key))}.");
        }

        return read is not null ? (name, read, null) : (name, null, fact.Type switch
        {
            FactType.Money => $"{name} is an amount and its currency: {name}=\"216000 EUR\".",
            FactType.Boolean => $"{name} is true or false: {name}=true.",
            FactType.Date => $"{name} is a day: {name}=2026-03-01.",
            FactType.Number => $"{name} is a number: {name}=5000.",
            _ => $"{name} is a code{(fact.Codes.Count > 0 ? $", one of {string.Join(", ", fact.Codes.Take(12).Select(c => c.Key))}" : "")}.",
        });
    }
}
