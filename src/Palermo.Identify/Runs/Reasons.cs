namespace Palermo.Identify.Runs;

/// <summary>Brings reasons that differ only by numbers together, so that they can be counted.</summary>
internal static class Reasons
{
    public static string WithoutNumbers(string reason)
    {
        if (!reason.AsSpan().ContainsAnyInRange('0', '9') || !char.IsAsciiDigit(reason[0]))
        {
            return reason;
        }

        // "3 of 7 items have …" → "Some items have …"
        var items = reason.IndexOf(" items ", StringComparison.Ordinal);
        return items < 0 ? reason : $"Some{reason[items..]}";
    }
}
