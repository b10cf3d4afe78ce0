using Palermo.Storage.Tests;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance.Web;

/// <summary>The same program on PostgreSQL, with two nodes; and <c>palermo db</c> as an administrator uses it.</summary>
public sealed class NodesTests
{
    [Fact]
    public async Task Two_nodes_on_PostgreSQL_are_one_workspace()
    {
        using var postgres = new PostgresServer();
        using var folder = new TempFolder();
        var store = postgres.NewDatabase();
        // The shape of a shared store changes when people say so.
        var early = Run("serve", "--store", store, "--data", folder["data"], "--urls", "http://127.0.0.1:0");
        Assert.Equal(2, early.ExitCode);
        Assert.Contains("palermo db migrate", early.Error);
        Assert.Equal(1, Run("db", "status", "--store", store).ExitCode);
        Assert.Equal(0, Run("db", "migrate", "--store", store).ExitCode);
        Assert.Equal(0, Run("db", "status", "--store", store).ExitCode);

        using var first = new WorkspaceServer("--store", store, "--data", folder["data"], "--as-of", "2026-09-01");
        using var second = new WorkspaceServer("--store", store, "--data", folder["data"], "--as-of", "2026-09-01");
        using var stranger = new Session(second);
        Assert.Contains("has no account yet", (await stranger.Page("/en/sign-in")).Body!.TextContent);
        using var ada = await Session.First(first, sample: true);
        Assert.NotNull((await stranger.Page("/en/sign-in")).QuerySelector("#password"));
        // The cookie of one node counts at the other; so does what was done.
        using var there = ada.At(second);
        Assert.Contains("Surgical gloves", (await there.Page("/en/tenders")).Body!.TextContent);
        var tender = (await there.Page("/en/tenders")).QuerySelector("tbody a")!.GetAttribute("href")!;
        await there.Post(tender, tender + "/records");
        Assert.Contains("Record 1", (await ada.Page(tender)).Body!.TextContent);
        var run = (await ada.Page("/en/runs")).QuerySelector("tbody a")!.GetAttribute("href")!;
        for (var i = 0; i < 120 && (await there.Page(run)).QuerySelector("#headline") is null; i++)
        {
            await Task.Delay(250, TestContext.Current.CancellationToken);
        }

        Assert.Contains("240 processes", (await there.Page(run)).Body!.TextContent);
        await ada.Post("/en/account", "/en/account/sessions");
        using var ended = await there.Get("/en/desk");
        Assert.StartsWith("/en/sign-in", ended.Headers.Location!.ToString());

        // Backed up while it runs, restored into a file, verified, and served from there.
        Assert.Equal(0, Run("db", "backup", folder["b.db"], "--store", store).ExitCode);
        var head = Run("db", "verify", "--store", "sqlite:" + folder["b.db"]);
        Assert.Equal(0, head.ExitCode);
        Assert.Equal(0, Run("db", "restore", folder["b.db"], "--store", "sqlite:" + folder["restored/workspace.db"]).ExitCode);
        Assert.Equal(head.Output, Run("db", "verify", "--store", "sqlite:" + folder["restored/workspace.db"]).Output);
        Assert.Equal(2, Run("db", "restore", folder["b.db"], "--store", store).ExitCode);
        using var moved = new WorkspaceServer("--store", "sqlite:" + folder["restored/workspace.db"], "--data", folder["data"]);
        using var back = new Session(moved);
        await back.Post("/en/sign-in", "/en/sign-in", ("email", "ada@example.org"), ("password", Session.Password));
        await back.Post("/en/sign-in/second-factor", "/en/sign-in/second-factor", ("code", Session.Code(ada.Key)));
        Assert.Contains("Surgical gloves", (await back.Page("/en/tenders")).Body!.TextContent);
    }

    [Fact]
    public async Task A_stopped_workspace_leaves_one_whole_file_for_its_user_alone()
    {
        using var server = new WorkspaceServer();
        using var ada = await Session.First(server);
        Assert.Equal(0, server.Stop());
        var file = new FileInfo(Path.Combine(server.Data, "workspace.db"));
        // The store, whole, and beside it the key that signs the log, which must not lie in it.
        var left = Directory.GetFiles(server.Data);
        Assert.Equal(["log.key", file.Name], left.Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.All(left, f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(f).UnixFileMode));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, file.Directory!.UnixFileMode);
    }

    [Fact]
    public void What_can_not_be_done_to_a_store_is_said()
    {
        using var folder = new TempFolder();
        foreach (var (arguments, says) in new (string[], string)[]
        {
            (["db", "verify", "--store", "sqlite:" + folder["none.db"]], "There is no store"),
            (["db", "backup", folder["x.db"], "--store", "sqlite:" + folder["none.db"]], "There is no store"),
            (["db", "restore", folder["none.db"], "--store", "sqlite:" + folder["a.db"]], "There is no file"),
            (["db", "status", "--store", "postgres://u:geheim@127.0.0.1:1/p"], "can't be used"),
            (["db", "status", "--store", "nonsense"], "was expected"),
            (["db", "status", "--store", "none"], "A store is needed"),
            (["db", "migrate", "--to", "9", "--store", "sqlite:" + folder["a.db"]], "There is no migration 9"),
        })
        {
            var run = Run(arguments);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains(says, run.Error);
            Assert.DoesNotContain("geheim", run.Error);
            Assert.DoesNotContain("   at ", run.Error);
        }

        File.WriteAllText(folder["text.db"], "this is no database, it is a text of some length");
        var broken = Run("db", "restore", folder["text.db"], "--store", "sqlite:" + folder["a.db"]);
        Assert.Contains("no backup of a workspace, or damaged", broken.Error);
    }
}
