using System.Net;
using System.Net.Sockets;
using System.Text;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance.Web;

/// <summary><c>palermo serve</c>: starting, limits, stopping.</summary>
public sealed class ServeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--urls", "localhost", "http://127.0.0.1:5080")]
    [InlineData("--max-body-megabytes", "0", "from 1 to 1024")]
    [InlineData("--heavy-per-minute", "few", "whole number")]
    [InlineData("--as-of", "yesterday", "2026-03-01")]
    public void A_setting_that_does_not_fit_is_named(string name, string value, string message)
    {
        var run = Run("serve", name, value);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"{name} {value}", run.Error);
        Assert.Contains(message, run.Error);
        Assert.DoesNotContain("   at ", run.Error);
    }

    [Fact]
    public void An_address_that_is_taken_is_told()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";
        var run = Run("serve", "--urls", url);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Another program listens there", run.Error);
    }

    [Fact]
    public async Task It_limits_what_is_costly_and_stops_when_asked()
    {
        using var folder = new TempFolder();
        using var server = new WorkspaceServer("--lists", folder["none"], "--heavy-per-minute", "2", "--max-body-megabytes", "1");
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync(new Uri("/readyz", UriKind.Relative), Cancel)).StatusCode);
        using var large = new StringContent(new string(' ', 2 << 20), Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await server.Client.PostAsync("/api/v1/rulings", large, Cancel)).StatusCode);
        HttpResponseMessage last = null!;
        for (var i = 0; i < 4; i++)
        {
            last = await server.Client.PostAsync("/api/v1/tender-packs", new StringContent("{\"facts\": {}}", Encoding.UTF8, "application/json"), Cancel);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last.StatusCode);
        Assert.True(last.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Contains("/problems/too-many-requests", await last.Content.ReadAsStringAsync(Cancel));
        // What is not costly goes on.
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync(new Uri("/api/v1/measures", UriKind.Relative), Cancel)).StatusCode);
        Assert.Equal(0, server.Stop());
        Assert.DoesNotContain("127.0.0.1:", string.Join('\n', server.Log.Split('\n').Where(l => !l.Contains("listening", StringComparison.Ordinal) && !l.StartsWith("First set-up", StringComparison.Ordinal))));
    }

    /// <summary>What people send is in no log and on no disk once it is answered.</summary>
    [Fact]
    public async Task Nothing_that_was_sent_is_left_behind()
    {
        const string canary = "canary7391";
        using var folder = new TempFolder();
        var temporary = Directory.CreateDirectory(folder["tmp"]);
        using var server = new WorkspaceServer(temporary, ["--lists", folder["none"]]);
        server.Client.DefaultRequestHeaders.UserAgent.ParseAdd(canary);
        foreach (var path in new[] { $"/en/tender?title={canary}&f.tender.value={canary}", $"/en/compendium?q={canary}", $"/api/v1/compendium/entries?limit={canary}", $"/nowhere/{canary}", $"/search/default?q={canary}" })
        {
            await server.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        }

        foreach (var (path, type, body) in new[] { ("/api/v1/screenings", "application/json", $"{{\"{canary}\": "), ("/api/v1/rulings", "application/json", $"{{\"facts\": {{\"{canary}\": 1}}}}"), ("/api/v1/harmonized-sets", "application/json", $"{{\"regimes\": {canary}"), ("/en/notice", "application/x-www-form-urlencoded", $"text={canary}") })
        {
            using var content = new StringContent(body, Encoding.UTF8, type);
            await server.Client.PostAsync(path, content, Cancel);
        }

        Assert.Equal(0, server.Stop());
        Assert.DoesNotContain(canary, server.Log);
        // The runtime's own sockets for debuggers are no files of ours.
        var left = temporary.EnumerateFiles("*", SearchOption.AllDirectories).Where(f => !f.Name.StartsWith("dotnet-", StringComparison.Ordinal) && !f.Name.StartsWith("clr-", StringComparison.Ordinal));
        Assert.DoesNotContain(left, f => File.ReadAllText(f.FullName).Contains(canary, StringComparison.Ordinal));
        Assert.DoesNotContain(temporary.EnumerateFiles("palermo-*"), f => f.Length > 0);
    }

    [Fact]
    public async Task A_new_edition_of_a_list_is_taken_up_while_it_runs()
    {
        using var folder = new TempFolder();
        void Add(string date, string name)
        {
            File.WriteAllText(folder["list.csv"], $"id,name\nE1,{name}\n");
            Assert.Equal(0, Run("lists", "add", "table", folder["list.csv"], "--id", "example", "--map", "id=id;name=name", "--date", date, "--data", folder["data"]).ExitCode);
        }

        Add("2026-05-01", "Alpha Textile Works");
        using var server = new WorkspaceServer("--lists", folder["data/lists"]);
        Assert.Contains("E1", await server.Client.GetStringAsync("/search/example?q=Alpha+Textile+Works", Cancel));
        Add("2026-06-01", "Omega Fisheries");
        var found = "";
        for (var i = 0; i < 60 && !found.Contains("E1", StringComparison.Ordinal); i++)
        {
            await Task.Delay(500, Cancel);
            found = await server.Client.GetStringAsync("/search/example?q=Omega+Fisheries", Cancel);
        }

        Assert.Contains("Omega Fisheries", found);
    }

    /// <summary>What is measured is the program, not the people.</summary>
    [Fact]
    public async Task Telemetry_says_what_the_program_does_and_nothing_of_who_asks()
    {
        const string canary = "canary5512";
        using var collector = new HttpListener();
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            collector.Prefixes.Add($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }

        collector.Start();
        var got = new System.Collections.Concurrent.ConcurrentDictionary<string, string>();
        _ = Task.Run(async () =>
        {
            while (collector.IsListening)
            {
                var context = await collector.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body, Cancel);
                got.AddOrUpdate(context.Request.Url!.AbsolutePath, _ => Encoding.Latin1.GetString(body.ToArray()), (_, before) => before + Encoding.Latin1.GetString(body.ToArray()));
                context.Response.Close();
            }
        }, Cancel);
        using var server = new WorkspaceServer(null, [], new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Prefixes.Single(), ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf", ["OTEL_METRIC_EXPORT_INTERVAL"] = "500", ["OTEL_BSP_SCHEDULE_DELAY"] = "300",
        });
        server.Client.DefaultRequestHeaders.UserAgent.ParseAdd(canary);
        foreach (var path in new[] { $"/en/tender?title={canary}", $"/en/suppliers?q={canary}", $"/en/runs/{canary}", $"/search/default?q={canary}" })
        {
            await server.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        }

        for (var i = 0; i < 100 && !(got.ContainsKey("/v1/traces") && got.ContainsKey("/v1/metrics")); i++)
        {
            await Task.Delay(100, Cancel);
        }

        await Task.Delay(1000, Cancel);
        Assert.Contains("/en/tender", got["/v1/traces"]);
        Assert.Contains("http.server.request.duration", got["/v1/metrics"]);
        Assert.All(got.Values, text => Assert.DoesNotContain(canary, text));
        Assert.DoesNotContain("client.address", got["/v1/traces"]);
    }

    [Fact]
    public void The_log_can_be_lines_of_JSON()
    {
        using var server = new WorkspaceServer("--log", "json");
        Assert.Contains("\"Category\":\"Microsoft.Hosting.Lifetime\"", server.Log);
    }
}
