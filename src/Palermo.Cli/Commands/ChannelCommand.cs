using System.CommandLine;

namespace Palermo.Cli.Commands;

/// <summary><c>palermo channel</c>: starts the worker's channel, a process and a host name of its own.</summary>
internal static class ChannelCommand
{
    private static readonly (string Name, string Help, string Value)[] s_options =
    [
        ("--urls", "Addresses to listen on, separated by semicolons; http://localhost:5090 otherwise.", "URLS"),
        ("--data", "Data folder of the workspace that handles its cases; palermo among your application data otherwise.", "FOLDER"),
        ("--store", "Store of that workspace: sqlite:FILE or a connection to PostgreSQL; workspace.db in the data folder otherwise.", "STORE"),
        ("--organization", "Who runs the channel, by name or id: best somebody independent of the buyers. The organization that runs the workspace otherwise.", "NAME"),
        ("--exit-url", "Where \"leave this page\" leads.", "URL"),
        ("--proxy", "Proxies whose word on a client is taken, for limits only: addresses or networks, separated by commas.", "ADDRESSES"),
        ("--max-upload-megabytes", "Largest sum of files in one report; 20 otherwise.", "NUMBER"),
        ("--posts-per-minute", "Reports, messages and numbers tried, by one network in a minute; 20 otherwise, 0 for no limit.", "NUMBER"),
    ];

    public static Command Create()
    {
        var options = s_options.Select(o => new Option<string?>(o.Name) { Description = o.Help, HelpName = o.Value }).ToArray();
        var command = new Command("channel", """
            Start the worker's channel: reports without account, script, e-mail or phone, in many languages, sealed to the case handlers.
              Example: palermo channel --organization "Independent grievance office"
              Exit codes: 0 stopped; 2 wrong usage, or the address is taken; 4 a fault of Palermo.
            """);
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed => WorkspaceProgram.Become(["channel", .. options.Select(o => (o.Name, Value: parsed.GetValue(o))).Where(o => o.Value is not null).Select(o => $"{o.Name}={o.Value}")]));
        return command;
    }
}
