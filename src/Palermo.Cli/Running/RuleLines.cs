using System.Text.Json;
using Palermo.Identify;
using Palermo.Prevent.Gaps;

namespace Palermo.Cli.Running;

/// <summary>What rules said of a process, read again from its line of results.</summary>
internal static class RuleLines
{
    /// <summary>Adds it to sums. False if the line was made without rules.</summary>
    public static bool Add(ReadOnlyMemory<byte> line, Assessment assessment, RuleTallies sums)
    {
        using var json = JsonDocument.Parse(line);
        if (RuleVerdict.Read(json.RootElement) is not { } verdict)
        {
            return false;
        }

        sums.Add(verdict, assessment.BuyerName.ToString());
        return true;
    }
}
