using System.Text.Json;
using Palermo.Prevent.Output;

namespace Palermo.Cli.Rules;

/// <summary>JSON documents on standard output.</summary>
internal static class ConsoleJson
{
    /// <summary>Writes a document.</summary>
    public static void Write(Action<Utf8JsonWriter> write)
    {
        using var output = Console.OpenStandardOutput();
        JsonOut.Write(output, write);
    }
}
