using System.Diagnostics.Metrics;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Palermo.Web.Hosting;

/// <summary>
/// OpenTelemetry, where OTEL_EXPORTER_OTLP_ENDPOINT says where to: metrics, traces and logs. Routes and times, no address,
/// no browser, no query: what is measured is the program, not the people (a test looks).
/// </summary>
internal static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT", Name = "palermo";
    private static readonly string[] s_personal = ["client.address", "network.peer.address", "user_agent.original", "url.query", "url.path", "server.address"];
    private static readonly Meter s_meter = new("Palermo", ProgramVersion.Text);

    /// <summary>Jobs ended, by kind and state.</summary>
    public static readonly Counter<long> Jobs = s_meter.CreateCounter<long>("palermo.jobs", "{job}", "Jobs ended.");

    /// <summary>Webhook deliveries tried, by outcome.</summary>
    public static readonly Counter<long> Deliveries = s_meter.CreateCounter<long>("palermo.deliveries", "{delivery}", "Webhook deliveries tried.");

    public static void Add(WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Endpoint)))
        {
            return;
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(Name, serviceVersion: ProgramVersion.Text))
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddMeter(s_meter.Name).AddOtlpExporter())
            .WithTracing(traces => traces.AddAspNetCoreInstrumentation(options => options.EnrichWithHttpResponse = (activity, _) =>
            {
                foreach (var tag in s_personal)
                {
                    activity.SetTag(tag, null);
                }
            }).AddOtlpExporter());
        builder.Logging.AddOpenTelemetry(logs => logs.AddOtlpExporter());
    }
}
