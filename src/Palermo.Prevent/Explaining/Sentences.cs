using System.Globalization;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Rules;

namespace Palermo.Prevent.Explaining;

/// <summary>Puts judged conditions into words.</summary>
public static class Sentences
{
    /// <summary>A condition as a phrase, whatever its result: <c>tender.value is at least 216,000 EUR (Reg 2025/2152, from 2026-01-01)</c>.</summary>
    public static string Phrase(TraceNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.Kind switch
        {
            TraceKind.All => Join(node, " and "),
            TraceKind.Any => Join(node, " or "),
            TraceKind.Not => $"not ({Phrase(node.Children[0])})",
            TraceKind.Defined => Phrase(node.Children[0]),
            TraceKind.Pack => $"{node.Name} applies",
            TraceKind.Effective => node.Proposed ? "the regime is only proposed" : $"{node.Name} lies {Span(node)}",
            _ => Compared(node),
        };
    }

    /// <summary>What was seen of a comparison: <c>tender.value is 215,999 EUR</c>.</summary>
    public static string Seen(TraceNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.Observed is { } value
            ? $"{node.Name} {(value.Type is FactType.Codes && value.Codes.Count > 1 ? "are" : "is")} {value}{(node.Rate is { } rate ? $", {Converted(value, rate)}" : "")}"
            : $"{node.Name} is not known";
    }

    /// <summary>Why a condition is true, false or open, in one sentence.</summary>
    public static string Why(TraceNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.Truth switch
        {
            Truth.True => True(node) is { Length: > 0 } text ? text : "it always holds",
            Truth.False => False(node),
            _ => $"open: {string.Join(", ", node.Needs())} would settle it",
        };
    }

    private static string True(TraceNode node) => node.Kind switch
    {
        TraceKind.All => string.Join("; ", node.Children.Select(True).Where(t => t.Length > 0)),
        TraceKind.Any => node.Children.First(c => c.Truth == Truth.True) is var child ? True(child) : "",
        TraceKind.Not => False(node.Children[0]),
        TraceKind.Defined => True(node.Children[0]),
        TraceKind.Pack => $"{node.Name} applies ({True(node.Children[0])})",
        TraceKind.Effective => "",
        _ => $"{Seen(node)}{(node.Leaf!.Operator is Operator.IsTrue or Operator.IsFalse or Operator.Eq or Operator.Exists ? "" : $", {Wanted(node)}")}",
    };

    private static string False(TraceNode node)
    {
        switch (node.Kind)
        {
            case TraceKind.All:
                return False(node.Children.First(c => c.Truth == Truth.False));
            case TraceKind.Any:
                // The alternative that came nearest says most.
                return False(node.Children.OrderByDescending(c => (Nearness(c), IsNearMiss(c))).First());
            case TraceKind.Not:
                return True(node.Children[0]);
            case TraceKind.Defined:
                return False(node.Children[0]);
            case TraceKind.Pack:
                return $"{node.Name} does not apply ({False(node.Children[0])})";
            case TraceKind.Effective:
                return node.Proposed ? "it is only proposed" : $"{node.Name} is {node.Observed}, the regime counts {Span(node)}";
            default:
                return node.NotYet is { } first ? $"what {node.Name} is compared with is in force only from {Day(first)}" : $"{Seen(node)}, {Wanted(node)} would be needed";
        }
    }

    // Of two alternatives that miss by one, the one that misses a figure says more than the one that is about something else.
    private static bool IsNearMiss(TraceNode node) => node.Kind switch
    {
        TraceKind.Fact => node.Truth == Truth.False && node.Leaf!.Operator is Operator.Gt or Operator.Gte or Operator.Lt or Operator.Lte or Operator.WithinYears or Operator.OnOrAfter,
        _ => node.Children.Where(c => c.Truth == Truth.False).Take(1).Any(IsNearMiss),
    };

    private static int Nearness(TraceNode node) => node.Kind is TraceKind.All or TraceKind.Any or TraceKind.Defined or TraceKind.Pack ? node.Children.Count(c => c.Truth == Truth.True) * 10 + node.Children.Sum(Nearness) : 0;

    private static string Join(TraceNode node, string word) =>
        node.Children.Count == 0 ? "always" : string.Join(word, node.Children.Select(c => c.Kind is TraceKind.Any && node.Kind == TraceKind.All || c.Kind is TraceKind.All && node.Kind == TraceKind.Any ? $"({Phrase(c)})" : Phrase(c)));

    private static string Compared(TraceNode node) => node.Leaf!.Operator switch
    {
        Operator.IsTrue => $"{node.Name} is true",
        Operator.IsFalse => $"{node.Name} is false",
        Operator.Exists => $"{node.Name} is known",
        _ => $"{node.Name} is {Wanted(node)}",
    };

    private static string Wanted(TraceNode node)
    {
        var leaf = node.Leaf!;
        var required = node.Required?.ToString() ?? (leaf.Parameter is { } name ? $"the {name} of the day" : leaf.Value?.ToString() ?? "");
        var text = leaf.Operator switch
        {
            Operator.IsTrue => "true",
            Operator.IsFalse => "false",
            Operator.Eq => required,
            Operator.Ne => $"anything but {required}",
            Operator.In => node.Required?.Codes.Count > 8 ? $"one of {string.Join(", ", node.Required.Codes.Take(6))} and {node.Required.Codes.Count - 6} more" : $"one of {required}",
            Operator.Intersects => $"{(node.Required?.Codes.Count == 1 ? "" : "any of ")}{required}",
            Operator.Gt => $"more than {required}",
            Operator.Gte => $"at least {required}",
            Operator.Lt => $"less than {required}",
            Operator.Lte => $"at most {required}",
            Operator.WithinYears => $"within {required} years{(node.Cutoff is { } cutoff ? $", {(leaf.Inclusive ? "on or after" : "after")} {Day(cutoff)}" : "")}",
            Operator.OnOrAfter => $"{required} or later",
            Operator.CpvUnder => $"a CPV code under {required}",
            _ => "known",
        };
        return node.Citation is { } citation ? $"{text} ({citation}, from {Day(node.From!.Value)})" : text;
    }

    private static string Converted(FactValue value, ExchangeRate rate)
    {
        var (amount, currency) = rate.From == value.Currency ? (value.Number * rate.Rate, rate.To) : (value.Number / rate.Rate, rate.From);
        return string.Create(CultureInfo.InvariantCulture, $"{decimal.Round(amount, 2):#,##0.##} {currency} at the rate of {Day(rate.Date)}, {rate.Source}");
    }

    private static string Span(TraceNode node) => node.To is { } to ? $"from {Day(node.From!.Value)} to {Day(to)}" : $"from {Day(node.From!.Value)} on";

    internal static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
