using Palermo.Knowledge.Json;

namespace Palermo.Knowledge.Rules;

/// <summary>Reads facts by name.</summary>
internal static class FactSheetReader
{
    /// <summary>Reads an object of facts; a null is an unknown fact.</summary>
    /// <param name="value">The object.</param>
    /// <param name="facts">The vocabulary.</param>
    /// <param name="problems">Takes values that can't be read, and codes that a closed list lacks.</param>
    /// <param name="remarks">Takes names and codes that no rule reads: they change nothing, and may be slips of the pen.</param>
    public static Dictionary<string, FactValue> Facts(Located? value, FactList facts, Problems problems, Problems remarks)
    {
        var found = new Dictionary<string, FactValue>(StringComparer.Ordinal);
        if (value is null)
        {
            return found;
        }

        var shape = new Shape(value, "facts", problems);
        foreach (var fact in facts.All)
        {
            if (shape.Find(fact.Name) is not { } given || FactReading.Read(given, fact.Type, fact.Name, problems) is not { } read)
            {
                continue;
            }

            found.Add(fact.Name, read);
            if (Unknown(read, fact) is { } codes)
            {
                (IsOpen(fact) ? remarks : problems).Add(given.Line, $"{fact.Name} has no code {codes}.", IsOpen(fact) ? "No rule reads it; palermo rules --facts lists those that are read." : $"Its codes are {string.Join(", ", fact.Codes.Select(c => c.Key))}.");
            }
        }

        foreach (var (key, line, _) in value.Members.Where(m => facts.Find(m.Key) is null))
        {
            var nearest = facts.All.Select(f => f.Name).FirstOrDefault(n => n.Contains(key, StringComparison.OrdinalIgnoreCase) || n.Split('.')[^1].Equals(key.Split('.')[^1], StringComparison.OrdinalIgnoreCase));
            remarks.Add(line, $"There is no fact \"{key}\"; no rule reads it.", (nearest is null ? "" : $"Did you mean \"{nearest}\"? ") + "palermo rules --facts lists them all.");
        }

        return found;
    }

    /// <summary>The codes that the vocabulary does not have; null if it has them all or lists none.</summary>
    public static string? Unknown(FactValue value, FactDefinition fact)
    {
        var unknown = fact.Codes.Count == 0 ? [] : value.Codes.Where(c => !fact.Codes.Any(k => k.Key == c)).ToArray();
        return unknown.Length == 0 ? null : string.Join(", ", unknown.Select(c => $"\"{c}\""));
    }

    // Buyers and goods are of more kinds than rules know; a category or a level is not.
    public static bool IsOpen(FactDefinition fact) => fact.Type == FactType.Codes && fact.Name is "buyer.codes" or "items.tags";
}
