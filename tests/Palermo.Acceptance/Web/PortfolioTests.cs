using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance.Web;

/// <summary>The portfolio: a data set brought, screened in the background, explored.</summary>
public sealed class PortfolioTests
{
    private static async Task<string> Bring(Session session, string name, byte[] content)
    {
        using var request = await session.Form("/en/runs", "/en/runs", []);
        var fields = System.Web.HttpUtility.ParseQueryString(await request.Content!.ReadAsStringAsync());
        using var form = new MultipartFormDataContent();
        foreach (var key in fields.AllKeys)
        {
            form.Add(new StringContent(fields[key]!), key!);
        }

        form.Add(new ByteArrayContent(content), "file", name);
        request.Content = form;
        using var answer = await session.Send(request);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!.ToString().Split('/')[3];
    }

    private static async Task<AngleSharp.Html.Dom.IHtmlDocument> Screened(Session session, string id)
    {
        for (var i = 0; i < 240; i++)
        {
            var page = await session.Page($"/en/runs/{id}");
            if (page.QuerySelector("meta[http-equiv=refresh]") is null)
            {
                return page;
            }

            await Task.Delay(250);
        }

        throw new TimeoutException((await session.Page($"/en/runs/{id}")).Body!.TextContent);
    }

    [Fact]
    public async Task A_data_set_is_screened_and_its_sums_are_those_of_the_command()
    {
        using var server = new WorkspaceServer("--as-of", "2026-09-01");
        using var ada = await Session.First(server);
        var id = await Bring(ada, "../../etc/procurement.jsonl", File.ReadAllBytes(Sample));
        var page = await Screened(ada, id);
        Assert.True(page.QuerySelector("#headline") is not null, page.Body!.TextContent);
        Assert.Contains("240 processes", page.QuerySelector("#headline")!.TextContent);

        // The same as the command says of the same file on the same day.
        using var folder = new TempFolder();
        Assert.Equal(0, Run("screen", Sample, "--as-of", "2026-09-01", "--format", "jsonl", "--output", folder["f.jsonl"], "--quiet").ExitCode);
        var lines = File.ReadLines(folder["f.jsonl"]).Select(l => JsonDocument.Parse(l).RootElement).ToArray();
        string[] levels = ["medium", "high", "critical"];
        var flagged = lines.Count(l => levels.Contains(l.GetProperty("salience").GetString()));
        Assert.Contains($"; {flagged} of them to look at first", page.QuerySelector("#headline")!.TextContent);
        foreach (var indicator in new[] { "listed-good", "high-risk-sector", "rush" })
        {
            var found = lines.Count(l => l.GetProperty("findings").EnumerateArray().Any(f => f.GetProperty("indicator").GetString() == indicator));
            var count = await ada.Page($"/en/runs/{id}/processes?indicator={indicator}");
            Assert.Contains($"Processes: {found},", count.Body!.TextContent);
        }

        // A filter narrows every part; the row of a group leads to its processes.
        var country = page.QuerySelectorAll("a").First(a => a.GetAttribute("href")!.Contains("?country=", StringComparison.Ordinal)).GetAttribute("href")!;
        var code = country.Split('=')[1];
        var narrowed = await ada.Page(country);
        Assert.Equal(code, narrowed.QuerySelector("#country option[selected]")!.GetAttribute("value"));
        var within = lines.Count(l => l.TryGetProperty("countries", out var c) && c.EnumerateArray().Any(x => x.GetString() == code));
        Assert.Contains($"{within} processes", narrowed.QuerySelector("#headline")!.TextContent);

        // Down to the evidence.
        var list = await ada.Page($"/en/runs/{id}/processes?indicator=listed-good&salience=medium");
        var process = await ada.Page(list.QuerySelector("tbody a")!.GetAttribute("href")!);
        Assert.Contains("What to ask", process.Body!.TextContent);
        Assert.NotEmpty(process.QuerySelectorAll(".p-provision code"));
        using var csv = await ada.Get($"/en/runs/{id}/processes.csv?indicator=listed-good");
        var rows = (await csv.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1 + lines.Count(l => l.GetProperty("findings").EnumerateArray().Any(f => f.GetProperty("indicator").GetString() == "listed-good")), rows.Length);
        using var parquet = await ada.Get($"/en/runs/{id}/findings.parquet");
        Assert.Equal("PAR1", Encoding.ASCII.GetString((await parquet.Content.ReadAsByteArrayAsync())[..4]));

        await ada.Post($"/en/runs/{id}?indicator=rush", $"/en/runs/{id}/views", ("name", "Hurried <b>"));
        Assert.Contains("Hurried <b>", (await ada.Page($"/en/runs/{id}")).QuerySelectorAll("a").Select(a => a.TextContent));
        // Nothing of what people type becomes part of a query.
        foreach (var nasty in new[] { "?q='%3B+DROP+TABLE+process--", "?subject='+OR+1=1--", "?country='", "?buyer=1%3BDROP", "?indicator='", "?year=99999999999" })
        {
            await ada.Page($"/en/runs/{id}{nasty}");
        }

        Assert.Contains("240 processes", (await ada.Page($"/en/runs/{id}")).QuerySelector("#headline")!.TextContent);
    }

    [Fact]
    public async Task A_data_set_that_says_nearly_nothing_is_explored_too()
    {
        using var server = new WorkspaceServer();
        using var ada = await Session.First(server);
        var id = await Bring(ada, "bare.json", """{"releases":[{"ocid":"ocds-bare-1","id":"1","date":"2026-01-01T00:00:00Z","tag":["tender"],"tender":{"id":"t","title":"Chairs"}}]}"""u8.ToArray());
        Assert.Contains("1 processes", (await Screened(ada, id)).QuerySelector("#headline")!.TextContent);
        Assert.Contains("Chairs", (await ada.Page($"/en/runs/{id}/processes?q=chairs")).Body!.TextContent);
        await ada.Page($"/en/runs/{id}/processes/ocds-bare-1");
    }

    [Fact]
    public async Task What_can_not_be_screened_is_said_where_it_is_looked_for()
    {
        using var server = new WorkspaceServer();
        using var ada = await Session.First(server);
        var id = await Bring(ada, "empty.json", "{\"releases\": []}"u8.ToArray());
        Assert.Contains("failed", (await Screened(ada, id)).Body!.TextContent);
        Assert.Contains("A screening failed", (await ada.Page("/en/desk")).Body!.TextContent);
        await ada.Post($"/en/runs/{id}", $"/en/runs/{id}/again");
        Assert.Contains("failed", (await Screened(ada, id)).Body!.TextContent);
        await ada.Post($"/en/runs/{id}", $"/en/runs/{id}/remove");
        Assert.DoesNotContain("A screening failed", (await ada.Page("/en/desk")).Body!.TextContent);
        Assert.False(Directory.Exists(Path.Combine(server.Data, "runs", id)));
        using var none = await ada.Post("/en/runs", "/en/runs");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
    }

    /// <summary>Killed at any moment of an import: nothing is lost, nothing is done twice.</summary>
    [Fact]
    public async Task A_killed_workspace_goes_on_where_it_was()
    {
        using var folder = new TempFolder();
        var data = folder["data"];
        string id;
        using (var server = new WorkspaceServer("--data", data))
        {
            using var ada = await Session.First(server);
            id = await Bring(ada, "many.jsonl", File.ReadAllBytes(folder.ManySamples(60)));
            for (var i = 0; i < 100 && !(await ada.Page($"/en/runs/{id}")).Body!.TextContent.Contains("under way", StringComparison.Ordinal); i++)
            {
                await Task.Delay(20);
            }

            server.KillNow();
        }

        for (var round = 0; round < 2; round++)
        {
            using var server = new WorkspaceServer("--data", data);
            await Task.Delay(TimeSpan.FromSeconds(1 + round));
            server.KillNow();
        }

        using (var server = new WorkspaceServer("--data", data))
        {
            for (var i = 0; i < 240 && Run("db", "verify", "--data", data).ExitCode == 0 && Screenings(data) == 0; i++)
            {
                await Task.Delay(500);
            }

            Assert.Equal(1, Screenings(data));
            Assert.Equal(["result", "input"], Directory.EnumerateDirectories(Path.Combine(data, "runs", id)).Select(d => Path.GetFileName(d)!).OrderDescending());
            Assert.Equal(0, Run("db", "verify", "--data", data).ExitCode);
        }
    }

    private static int Screenings(string data)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(data, "workspace.db")};Mode=ReadOnly;Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM Ledger WHERE Kind = 'run.screened'";
        return Convert.ToInt32(command.ExecuteScalar(), null);
    }
}
