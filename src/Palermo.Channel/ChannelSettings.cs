using System.Globalization;
using System.Net;
using Palermo.Storage;

namespace Palermo.Channel;

/// <summary>What is wrong with a setting, in words.</summary>
public sealed class ChannelSettingsException(string message) : Exception(message);

/// <summary>Settings of the channel: command line (<c>--store …</c>), then environment (<c>PALERMO_CHANNEL_STORE</c>). docs/operations.md lists them.</summary>
public sealed record ChannelSettings
{
    /// <summary>Where it listens if nothing is said.</summary>
    public const string DefaultUrls = "http://localhost:5090";

    private static readonly string[] s_known = ["urls", "data", "store", "organization", "exit-url", "proxy", "max-upload-megabytes", "posts-per-minute"];

    /// <summary>Addresses to listen on.</summary>
    public string Urls { get; init; } = DefaultUrls;

    /// <summary>Where the store is.</summary>
    public required StoreAddress Store { get; init; }

    /// <summary>Who runs the channel: name or id; blank for the organization that runs the workspace.</summary>
    public string Organization { get; init; } = "";

    /// <summary>Where "leave this page" leads: a page that tells nothing.</summary>
    public string ExitUrl { get; init; } = "https://www.wikipedia.org/";

    /// <summary>Proxies whose word is taken on how a client came: for limits only, nothing of it is kept.</summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];

    /// <summary>Largest sum of files in one report, in megabytes.</summary>
    public int MaxUploadMegabytes { get; init; } = 20;

    /// <summary>Reports, messages and numbers tried, by one network in a minute; 0 for no limit.</summary>
    public int PostsPerMinute { get; init; } = 20;

    /// <summary>Reads settings.</summary>
    /// <param name="args">Command line.</param>
    /// <param name="defaultData">Data folder if nothing is said.</param>
    /// <exception cref="ChannelSettingsException">One is not known or does not fit.</exception>
    public static ChannelSettings Read(string[] args, string defaultData)
    {
        ArgumentNullException.ThrowIfNull(args);
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in s_known)
        {
            if (Environment.GetEnvironmentVariable("PALERMO_CHANNEL_" + name.Replace('-', '_').ToUpperInvariant()) is { Length: > 0 } value)
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
                throw new ChannelSettingsException($"{args[i]} is no setting of the channel. Known are {string.Join(", ", s_known.Select(n => "--" + n))}.");
            }

            given[name] = at >= 0 ? args[i][(at + 1)..] : i + 1 < args.Length ? args[++i] : throw new ChannelSettingsException($"--{name} needs a value.");
        }

        var settings = new ChannelSettings { Store = StoreOf(given.GetValueOrDefault("store"), given.GetValueOrDefault("data", defaultData)) };
        return settings with
        {
            Urls = given.GetValueOrDefault("urls", DefaultUrls),
            Organization = given.GetValueOrDefault("organization", ""),
            ExitUrl = given.GetValueOrDefault("exit-url", settings.ExitUrl) is var exit && Uri.TryCreate(exit, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" ? exit : throw new ChannelSettingsException($"--exit-url {given["exit-url"]}: an address such as https://www.wikipedia.org/ was expected."),
            Proxies = (given.GetValueOrDefault("proxy") ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries) is var proxies && proxies.All(p => IPNetwork.TryParse(p, out _) || IPAddress.TryParse(p, out _)) ? proxies : throw new ChannelSettingsException($"--proxy {given["proxy"]}: addresses or networks such as 10.0.0.5 or 10.0.0.0/8 were expected, separated by commas."),
            MaxUploadMegabytes = Number(given, "max-upload-megabytes", settings.MaxUploadMegabytes, 1, 200),
            PostsPerMinute = Number(given, "posts-per-minute", settings.PostsPerMinute, 0, 100_000),
        };
    }

    private static StoreAddress StoreOf(string? text, string data)
    {
        try
        {
            return text is null ? StoreAddress.OfFile(Path.Combine(data, "workspace.db")) : StoreAddress.Parse(text);
        }
        catch (FormatException e)
        {
            // Not the text itself: it may hold a password.
            throw new ChannelSettingsException($"--store: {e.Message}");
        }
    }

    private static int Number(Dictionary<string, string> given, string name, int otherwise, int least, int most) =>
        !given.TryGetValue(name, out var text) ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
            : throw new ChannelSettingsException($"--{name} {text}: a number from {least} to {most} was expected.");
}
