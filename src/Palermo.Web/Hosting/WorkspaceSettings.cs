using System.Globalization;
using System.Net;
using Palermo.Storage;

namespace Palermo.Web.Hosting;

/// <summary>What is wrong with a setting, in words.</summary>
public sealed class SettingsException(string message) : Exception(message);

/// <summary>Settings of the workspace: command line (<c>--lists FOLDER</c>), environment (<c>PALERMO_LISTS</c>), in this order. docs/operations.md lists them.</summary>
public sealed record WorkspaceSettings
{
    /// <summary>Where it listens if nothing is said. By name: passkeys are bound to a name, not to a number.</summary>
    public const string DefaultUrls = "http://localhost:5080";

    /// <summary>Value of <c>--store</c> for a workspace that keeps nothing: public pages and the API without accounts.</summary>
    public const string NoStore = "none";

    private static readonly string[] s_known =
    [
        "urls", "data", "store", "lists", "max-body-megabytes", "max-upload-megabytes", "heavy-per-minute", "as-of", "proxy", "public-url", "key-certificate",
        "oidc-authority", "oidc-client-id", "oidc-client-secret", "oidc-name", "oidc-acr", "webhooks-to-private-networks", "log", "log-key",
    ];

    /// <summary>Addresses to listen on.</summary>
    public string Urls { get; init; } = DefaultUrls;

    /// <summary>Folder of what the workspace keeps: its store, if that is a file, and the runs.</summary>
    public string Data { get; init; } = DefaultData;

    /// <summary>Where the store is; null for none.</summary>
    public StoreAddress? Store { get; init; }

    /// <summary>Proxies whose word on address and scheme of a client is taken: addresses or networks.</summary>
    public IReadOnlyList<string> Proxies { get; init; } = [];

    /// <summary>Address people reach it at, for links in what is sent and for passkeys; null if it is the one it listens on.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Certificate (PFX without a password, or PEM with its key) that protects the keys of cookies in the store; null for none.</summary>
    public string? KeyCertificate { get; init; }

    /// <summary>The organizations' provider of sign-in; null for none.</summary>
    public OidcSettings? Oidc { get; init; }

    /// <summary>Largest data set that is taken, in megabytes.</summary>
    public int MaxUploadMegabytes { get; init; } = 4096;

    /// <summary>File of the key that signs checkpoints of the evidence log; made at the first start.</summary>
    public string LogKeyFile { get; init; } = "";

    /// <summary>Whether the log is lines of JSON.</summary>
    public bool JsonLog { get; init; }

    /// <summary>Whether webhooks may go to addresses that only the server's own network reaches.</summary>
    public bool WebhooksToPrivateNetworks { get; init; }

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
        var data = given.GetValueOrDefault("data", settings.Data);
        return settings with
        {
            Urls = given.GetValueOrDefault("urls", DefaultUrls) is var urls && urls.Split(';').All(IsAddress) ? urls : throw new SettingsException($"--urls {urls}: addresses such as http://127.0.0.1:5080 were expected, separated by semicolons."),
            Data = data,
            Store = StoreOf(given.GetValueOrDefault("store"), data),
            Lists = given.GetValueOrDefault("lists", Path.Combine(data, "lists")),
            Proxies = (given.GetValueOrDefault("proxy") ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries) is var proxies && proxies.All(p => IPNetwork.TryParse(p, out _) || IPAddress.TryParse(p, out _)) ? proxies : throw new SettingsException($"--proxy {given["proxy"]}: addresses or networks such as 10.0.0.5 or 10.0.0.0/8 were expected, separated by commas."),
            PublicUrl = !given.TryGetValue("public-url", out var url) ? null : Uri.TryCreate(url, UriKind.Absolute, out var there) && there.Scheme is "https" or "http" && there.AbsolutePath == "/" ? there : throw new SettingsException($"--public-url {url}: an address such as https://palermo.example.org was expected."),
            KeyCertificate = !given.TryGetValue("key-certificate", out var certificate) ? null : File.Exists(certificate) ? certificate : throw new SettingsException($"--key-certificate {certificate}: there is no such file."),
            Oidc = OidcOf(given),
            MaxUploadMegabytes = Number(given, "max-upload-megabytes", settings.MaxUploadMegabytes, 1, 1 << 20),
            LogKeyFile = given.GetValueOrDefault("log-key", Path.Combine(data, "log.key")),
            JsonLog = given.GetValueOrDefault("log", "text") switch { "json" => true, "text" => false, var other => throw new SettingsException($"--log {other}: text or json was expected.") },
            WebhooksToPrivateNetworks = given.GetValueOrDefault("webhooks-to-private-networks", "no") switch { "yes" => true, "no" => false, var other => throw new SettingsException($"--webhooks-to-private-networks {other}: yes or no was expected.") },
            MaxBodyMegabytes = Number(given, "max-body-megabytes", settings.MaxBodyMegabytes, 1, 1024),
            HeavyPerMinute = Number(given, "heavy-per-minute", settings.HeavyPerMinute, 0, 1_000_000),
            AsOf = !given.TryGetValue("as-of", out var day) ? null : DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : throw new SettingsException($"--as-of {day}: a day such as 2026-03-01 was expected."),
        };
    }

    // Where palermo lists keeps its own, if nothing is said.
    internal static string DefaultData => Path.GetDirectoryName(Matching.Lists.ListStore.DefaultFolder)!;

    private static StoreAddress? StoreOf(string? text, string data)
    {
        try
        {
            return text switch
            {
                NoStore => null,
                null => StoreAddress.OfFile(Path.Combine(data, "workspace.db")),
                _ => StoreAddress.Parse(text),
            };
        }
        catch (FormatException e)
        {
            // Not the text itself: it may hold a password.
            throw new SettingsException($"--store: {e.Message}");
        }
    }

    private static OidcSettings? OidcOf(Dictionary<string, string> given)
    {
        if (!given.TryGetValue("oidc-authority", out var authority))
        {
            return given.Keys.FirstOrDefault(k => k.StartsWith("oidc-", StringComparison.Ordinal)) is { } alone ? throw new SettingsException($"--{alone} needs --oidc-authority.") : null;
        }

        return Uri.TryCreate(authority, UriKind.Absolute, out var uri) && (uri.Scheme == "https" || uri.IsLoopback)
            ? new OidcSettings(uri.ToString(), given.GetValueOrDefault("oidc-client-id") ?? throw new SettingsException("--oidc-authority needs --oidc-client-id."), given.GetValueOrDefault("oidc-client-secret"), given.GetValueOrDefault("oidc-name", uri.Host), given.GetValueOrDefault("oidc-acr"))
            : throw new SettingsException($"--oidc-authority {authority}: an address such as https://login.example.org/realms/ministry was expected.");
    }

    private static bool IsAddress(string text) => Uri.TryCreate(text.Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private static int Number(Dictionary<string, string> given, string name, int standard, int least, int most) =>
        !given.TryGetValue(name, out var text) ? standard
        : int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new SettingsException($"--{name} {text}: a whole number from {least} to {most} was expected.");
}

/// <summary>A provider of sign-in by OpenID Connect.</summary>
/// <param name="Authority">Its address.</param>
/// <param name="ClientId">The workspace, as the provider knows it.</param>
/// <param name="ClientSecret">What proves it; null for a public client (PKCE is used either way).</param>
/// <param name="Name">Name people know it by.</param>
/// <param name="Acr">What kind of sign-in the provider must vouch for (claim <c>acr</c>); null for any.</param>
public sealed record OidcSettings(string Authority, string ClientId, string? ClientSecret, string Name, string? Acr);
