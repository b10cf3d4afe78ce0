using System.Diagnostics;
using System.Text;

namespace Palermo.Bench.Web;

/// <summary>
/// Load at a fixed rate against a workspace that runs. Requests start when the plan says so, whether or not earlier ones have
/// come back, and latency counts from the planned start: a stall can't hide the requests it holds up.
/// </summary>
internal static class LoadBench
{
    private static readonly string[] s_reads =
    [
        "/en/", "/en/compendium?q=cotton", "/fr/compendium?q=travail+force", "/en/states", "/en/states/FR", "/es/measures", "/en/measures/exclude-on-conviction", "/en/regimes", "/en/regimes/eu-2014-24",
        "/api/v1/measures", "/api/v1/compendium/entries?limit=25", "/api/v1/compendium/jurisdictions/FR/gaps?peer=NO&peer=NL", "/api/v1/regimes/us-far-22.17", "/en/harmonize?regime=us-far-22.17&regime=wb-esf-ess2",
    ];

    private static readonly string s_ruling = "{\"asOf\": \"2026-03-01\", \"facts\": {\"buyer.country\": \"NO\", \"buyer.codes\": [\"no-municipality\"], \"procurement.category\": \"goods\", \"tender.value\": {\"amount\": 2600000, \"currency\": \"NOK\"}}}";
    private static readonly string s_match = "{\"queries\": {\"a\": {\"schema\": \"Company\", \"properties\": {\"name\": [\"Hetian Taida Apparel\"], \"country\": [\"cn\"]}}}}";

    public static async Task Run(string url, int rate, int seconds)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 128, AllowAutoRedirect = false }) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(30) };
        Func<int, HttpRequestMessage> Get(params string[] paths) => i => new HttpRequestMessage(HttpMethod.Get, paths[i % paths.Length]);
        Func<int, HttpRequestMessage> Post(string path, string body) => _ => new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        Console.WriteLine("what                               rate    done  failed     p50     p95     p99     max (ms)");
        foreach (var (name, make, share) in new[] { ("yardstick: /healthz", Get("/healthz"), 1.0), ("mixed reads", Get(s_reads), 1.0), ("rulings (POST /api/v1/rulings)", Post("/api/v1/rulings", s_ruling), 0.1), ("matching (POST /match/default)", Post("/match/default", s_match), 0.5) })
        {
            var own = Math.Max(1, (int)(rate * share));
            await One(client, make, own, 3);
            var (latencies, failed) = await One(client, make, own, seconds);
            var at = Quantiles(latencies);
            Console.WriteLine($"{name,-32} {own,6} {latencies.Length,7} {failed,7} {at(0.5),7:0.0} {at(0.95),7:0.0} {at(0.99),7:0.0} {at(1),7:0.0}");
        }
    }

    /// <summary>Reports to a channel, as a browser without script sends them.</summary>
    /// <returns>How many were answered with a receipt.</returns>
    public static async Task<int> Reports(string url, int rate, int seconds, string words, byte[] file)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 128 }) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(60) };
        HttpRequestMessage Report(int number) => new(HttpMethod.Post, "/en/tell") { Content = new MultipartFormDataContent { { new StringContent($"{number} {words}"), "what" }, { new ByteArrayContent(file), "files", "photo.jpg" } } };
        var (first, _) = await One(client, Report, 1, 3);
        var (latencies, failed) = await One(client, Report, rate, seconds);
        var at = Quantiles(latencies);
        Console.WriteLine($"reports at {rate} a second: {latencies.Length} answered, {failed} refused; p50 {at(0.5):0} p95 {at(0.95):0} p99 {at(0.99):0} ms");
        return first.Length + latencies.Length;
    }

    private static Func<double, double> Quantiles(double[] latencies)
    {
        Array.Sort(latencies);
        return quantile => latencies.Length == 0 ? 0 : latencies[Math.Min(latencies.Length - 1, (int)(quantile * latencies.Length))];
    }

    private static string? s_told;

    private static double Told(string failure)
    {
        Interlocked.CompareExchange(ref s_told, failure, null);
        return -1;
    }

    private static async Task<(double[] Latencies, int Failed)> One(HttpClient client, Func<int, HttpRequestMessage> make, int rate, int seconds)
    {
        var watch = Stopwatch.StartNew();
        var tasks = new List<Task<double>>(rate * seconds);
        for (var i = 0; i < rate * seconds; i++)
        {
            var planned = TimeSpan.FromSeconds((double)i / rate);
            var wait = planned - watch.Elapsed;
            if (wait > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(wait);
            }

            var number = i;
            tasks.Add(Task.Run(async () =>
            {
                try
                {
                    using var request = make(number);
                    using var response = await client.SendAsync(request);
                    _ = await response.Content.ReadAsByteArrayAsync();
                    return response.IsSuccessStatusCode ? Math.Max(0, (watch.Elapsed - planned).TotalMilliseconds) : Told($"status {(int)response.StatusCode}");
                }
                catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
                {
                    return Told(e.InnerException?.Message ?? e.Message);
                }
            }));
        }

        var all = await Task.WhenAll(tasks);
        if (Interlocked.Exchange(ref s_told, null) is { } first)
        {
            Console.WriteLine($"the first failure: {first}");
        }

        return ([.. all.Where(l => l >= 0)], all.Count(l => l < 0));
    }
}
