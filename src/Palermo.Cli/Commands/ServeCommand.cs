using System.CommandLine;

namespace Palermo.Cli.Commands;

/// <summary><c>palermo serve</c>: starts the workspace.</summary>
internal static class ServeCommand
{
    private static readonly (string Name, string Help, string Value)[] s_options =
    [
        ("--urls", "Addresses to listen on, separated by semicolons; http://localhost:5080 otherwise.", "URLS"),
        ("--data", "Folder of what the workspace keeps; PALERMO_DATA, or palermo among your application data otherwise.", "FOLDER"),
        ("--store", "sqlite:FILE, a connection to PostgreSQL (postgres://USER@HOST/DATABASE), or none: public pages only, nothing is kept. workspace.db in the data folder otherwise.", "STORE"),
        ("--lists", "Folder of exclusion lists; lists in the data folder otherwise.", "FOLDER"),
        ("--max-body-megabytes", "Largest body of a request; 32 otherwise.", "NUMBER"),
        ("--max-upload-megabytes", "Largest data set that is taken; 4096 otherwise.", "NUMBER"),
        ("--heavy-per-minute", "Requests that screen, match or draw up, by one client in a minute; 120 otherwise, 0 for no limit.", "NUMBER"),
        ("--as-of", "The day that today is.", "DATE"),
        ("--proxy", "Proxies whose word on a client is taken: addresses or networks, separated by commas.", "ADDRESSES"),
        ("--public-url", "Address people reach it at.", "URL"),
        ("--key-certificate", "Certificate with its key (PFX or PEM) that protects the keys of cookies in the store.", "FILE"),
        ("--oidc-authority", "Provider of sign-in by OpenID Connect.", "URL"),
        ("--oidc-client-id", "The workspace, as the provider knows it.", "ID"),
        ("--oidc-client-secret", "What proves it; better as PALERMO_OIDC_CLIENT_SECRET.", "SECRET"),
        ("--oidc-name", "Name people know the provider by.", "NAME"),
        ("--oidc-acr", "Kind of sign-in that the provider must vouch for.", "ACR"),
        ("--log-key", "File of the key that signs checkpoints of the evidence log; log.key in the data folder otherwise, made at the first start.", "FILE"),
        ("--log", "text or json; text otherwise.", "FORM"),
        ("--webhooks-to-private-networks", "Whether webhooks may go to private addresses: yes or no; no otherwise.", "YES-NO"),
    ];

    public static Command Create()
    {
        var options = s_options.Select(o => new Option<string?>(o.Name) { Description = o.Help, HelpName = o.Value }).ToArray();
        var command = new Command("serve", """
            Start the workspace: desk, tenders, portfolio, suppliers; the public compendium and rules; the API.
              Example: palermo serve
              Example: palermo serve --urls http://0.0.0.0:8080 --store postgres://palermo@db/palermo
              Exit codes: 0 stopped; 2 wrong usage, or the address is taken; 4 a fault of Palermo.
            """);
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed => WorkspaceProgram.Become([.. options.Select(o => (o.Name, Value: parsed.GetValue(o))).Where(o => o.Value is not null).Select(o => $"{o.Name}={o.Value}")]));
        return command;
    }
}
