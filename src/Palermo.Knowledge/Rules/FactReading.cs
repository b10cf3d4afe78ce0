using System.Globalization;
using System.Text.Json;
using Palermo.Knowledge.Json;

namespace Palermo.Knowledge.Rules;

/// <summary>Reads values of facts and parameters from JSON.</summary>
internal static class FactReading
{
    /// <summary>Reads a value of a type. Null, with a problem reported, if it is none.</summary>
    public static FactValue? Read(Located value, FactType type, string what, Problems problems)
    {
        var found = TryRead(value, type);
        if (found is null)
        {
            problems.Add(value.Line, $"{what} is {Said(value)}; {Expected(type)} was expected.", Mend(type));
        }

        return found;
    }

    /// <summary>The greatest amount or number that is read: greater ones are slips, and could not be changed into another currency.</summary>
    public const decimal Greatest = 1_000_000_000_000_000_000;

    /// <summary>True for days that rules can be asked about.</summary>
    public static bool IsUsable(DateOnly day) => day.Year is >= 1900 and < 2200;

    private static FactValue? TryRead(Located value, FactType type)
    {
        switch (type)
        {
            case FactType.Boolean:
                return value.Kind is JsonValueKind.True or JsonValueKind.False ? FactValue.Of(value.Kind == JsonValueKind.True) : null;
            case FactType.Number:
                return value.Number is { } number && Math.Abs(number) <= Greatest ? FactValue.Of(number) : null;
            case FactType.Date:
                return value.Kind == JsonValueKind.String && DateOnly.TryParseExact(value.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && IsUsable(date) ? FactValue.Of(date) : null;
            case FactType.Code:
                return value.Kind == JsonValueKind.String && value.Text.Length > 0 ? FactValue.Of(value.Text) : null;
            case FactType.Codes:
                return value.Kind switch
                {
                    JsonValueKind.String when value.Text.Length > 0 => FactValue.Of([value.Text]),
                    JsonValueKind.Array when value.Elements.TrueForAll(e => e.Kind == JsonValueKind.String && e.Text.Length > 0) => FactValue.Of(value.Elements.Select(e => e.Text)),
                    _ => null,
                };
            default:
                var amount = value.Members.Find(m => m.Key == "amount").Value?.Number;
                var currency = value.Members.Find(m => m.Key == "currency").Value?.Text ?? "";
                return amount is { } a && Math.Abs(a) <= Greatest && currency.Length == 3 && currency.All(char.IsAsciiLetterUpper) ? FactValue.Of(a, currency) : null;
        }
    }

    private static string Said(Located value) => value.Kind == JsonValueKind.Object ? $"an object with {string.Join(", ", value.Members.Select(m => $"\"{m.Key}\" {m.Value.Said}"))}" : value.Said;

    private static string Expected(FactType type) => type switch
    {
        FactType.Boolean => "true or false",
        FactType.Number => "a number",
        FactType.Date => "a date (YYYY-MM-DD)",
        FactType.Code => "a code",
        FactType.Codes => "a list of codes",
        _ => "an amount and its currency",
    };

    private static string Mend(FactType type) => type switch
    {
        FactType.Money => "Write {\"amount\": 216000, \"currency\": \"EUR\"}; leave the fact out if it is not known.",
        FactType.Boolean => "Write true or false without quotes; leave the fact out if it is not known.",
        FactType.Codes => "Write [\"code\", \"code\"]; leave the fact out if it is not known.",
        FactType.Date => "Write a day that exists, such as \"2026-11-23\"; leave the fact out if it is not known.",
        _ => "Correct it; leave the fact out if it is not known.",
    };
}
