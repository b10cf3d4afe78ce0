using System.Globalization;

namespace Palermo.Web.Hosting;

/// <summary>What is wrong with a setting, in words.</summary>
public sealed class SettingsException(string message) : Exception(message);

/// <summary>Settings of the workspace: command line (<c>--lists FOLDER</c>), environment (<c>PALERMO_LISTS</c>), in this order. docs/operations.md lists them.</summary>
public sealed record WorkspaceSettings
{
    /// <summary>Where it listens if nothing is said.</summary>
    public const string DefaultUrls = "http://127.0.0.1:5080";

    private static readonly string[] s_known = ["urls", "lists", "max-body-megabytes", "heavy-per-minute", "as-of"];

    /// <summary>Addresses to listen on.</summary>
    public string Urls { get; init; } = DefaultUrls;

    /// <summary>Folder of exclusion lists, as <c>palermo lists</c> keeps them.</summary>
    public string Lists { get; init; } = Matching.Lists.ListStore.DefaultFolder;

    /// <summary>Largest body of a request, in megabytes.</summary>
    public int MaxBodyMegabytes { get; init; } = 32;

    /// <summary>Requests that screen, match or draw up, by one client in a minute; 0 for no limit.</summary>
    public int HeavyPerMinute { get; init; } = 120;

    /// <summary>Day that "today" is; null for the day of the clock.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Reads settings.</summary>
    /// <exception cref="SettingsException">One is not known or does not fit.</exception>
    public static WorkspaceSettings Read(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in s_known)
        {
            if (Environment.GetEnvironmentVariable("PALERMO_" + name.Replace('-', '_').ToUpperInvariant()) is { Length: > 0 } value)
            {
                given[name] = value;
            }
        }

        for (var i = 0; i < args.Length; i++)
        {
            var at = args[i].IndexOf('=', StringComparison.Ordinal);
            var name = (at < 0 ? args[i] : args[i][..at]).TrimStart('-');
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || !s_known.Contains(name))
            {
                throw new SettingsException($"{args[i]} is no setting. Known are {string.Join(", ", s_known.Select(n => "--" + n))}.");
            }

            given[name] = at >= 0 ? args[i][(at + 1)..] : i + 1 < args.Length ? args[++i] : throw new SettingsException($"--{name} needs a value.");
        }

        var settings = new WorkspaceSettings();
        return settings with
        {
            Urls = given.GetValueOrDefault("urls", DefaultUrls) is var urls && urls.Split(';').All(IsAddress) ? urls : throw new SettingsException($"--urls {urls}: addresses such as http://127.0.0.1:5080 were expected, separated by semicolons."),
            Lists = given.GetValueOrDefault("lists", settings.Lists),
            MaxBodyMegabytes = Number(given, "max-body-megabytes", settings.MaxBodyMegabytes, 1, 1024),
            HeavyPerMinute = Number(given, "heavy-per-minute", settings.HeavyPerMinute, 0, 1_000_000),
            AsOf = !given.TryGetValue("as-of", out var day) ? null : DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : throw new SettingsException($"--as-of {day}: a day such as 2026-03-01 was expected."),
        };
    }

    private static bool IsAddress(string text) => Uri.TryCreate(text.Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private static int Number(Dictionary<string, string> given, string name, int standard, int least, int most) =>
        !given.TryGetValue(name, out var text) ? standard
        : int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new SettingsException($"--{name} {text}: a whole number from {least} to {most} was expected.");
}
