using System.CommandLine;

namespace Palermo.Cli.Commands;

/// <summary><c>palermo db</c>: the store of the workspace, migrated, backed up, restored, moved, verified.</summary>
internal static class DbCommand
{
    public static Command Create()
    {
        var store = new Option<string?>("--store") { Description = "sqlite:FILE, or a connection to PostgreSQL; workspace.db in the data folder otherwise.", HelpName = "STORE", Recursive = true };
        var data = new Option<string?>("--data") { Description = "Folder of what the workspace keeps.", HelpName = "FOLDER", Recursive = true };
        var to = new Option<string?>("--to") { Description = "A step to go to, also back; 0 for an empty store.", HelpName = "STEP" };
        var backup = new Argument<string>("file") { Description = "The file to write; it must not be there." };
        var restore = new Argument<string>("file") { Description = "The backup." };
        var target = new Argument<string>("store") { Description = "The store to move to; it must be empty." };
        var status = new Command("status", "Whether the store has the shape that this program needs; 1 if it has not.");
        var migrate = new Command("migrate", "Bring the store to the shape that this program needs.") { to };
        var make = new Command("backup", "Write a backup, an SQLite file, while the workspace runs.") { backup };
        var back = new Command("restore", "Restore a backup into an empty store of either kind.") { restore };
        var move = new Command("move", "Copy everything into an empty store of either kind: SQLite to PostgreSQL, or back.") { target };
        var verify = new Command("verify", "Look whether the store is whole, and its ledger and records unedited; 1 if not.");
        var command = new Command("db", """
            The store of the workspace: migrate, back up, restore, move, verify.
              Example: palermo db backup /backup/palermo-2026-11-23.db
              Example: palermo db move postgres://palermo@db/palermo
              Exit codes: 0 done; 1 not up to date, or edited; 2 wrong usage, or the store can't be used; 4 a fault of Palermo.
            """) { status, migrate, make, back, move, verify };
        command.Options.Add(store);
        command.Options.Add(data);
        void Does(Command sub, Func<ParseResult, string[]> words) => sub.SetAction(parsed => WorkspaceProgram.Become(
        [
            "db", .. words(parsed),
            .. new[] { store, data }.Select(o => (o.Name, Value: parsed.GetValue(o))).Where(o => o.Value is not null).Select(o => $"{o.Name}={o.Value}"),
        ]));
        Does(status, _ => ["status"]);
        Does(migrate, p => p.GetValue(to) is { } step ? ["migrate", "--to", step] : ["migrate"]);
        Does(make, p => ["backup", p.GetValue(backup)!]);
        Does(back, p => ["restore", p.GetValue(restore)!]);
        Does(move, p => ["move", p.GetValue(target)!]);
        Does(verify, _ => ["verify"]);
        return command;
    }
}
