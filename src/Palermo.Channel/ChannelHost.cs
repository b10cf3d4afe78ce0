using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Palermo.Knowledge;
using Palermo.Storage;
using Palermo.Storage.Cases;
using Palermo.Storage.Changes;
using Palermo.Storage.Evidence;
using Palermo.Storage.Operating;

namespace Palermo.Channel;

/// <summary>Puts the channel together. It logs no request, sets no cookie and keeps nothing of who asks.</summary>
public static class ChannelHost
{
    private const double Base64 = 1.4;

    /// <summary>Serves until it is stopped.</summary>
    /// <exception cref="ChannelSettingsException">Settings don't fit.</exception>
    /// <exception cref="StoreException">The store can't be used.</exception>
    public static async Task Run(ChannelSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Store.File is { } file && !File.Exists(file))
        {
            throw new StoreException($"There is no store at {file}. The channel joins a workspace: start palermo serve first, or name its store with --store.");
        }

        if ((await Migrator.Pending(settings.Store)).Count > 0)
        {
            throw new StoreException($"The store {settings.Store} is of an earlier shape: palermo db migrate first.");
        }

        await using var app = Build(settings, TimeProvider.System);
        await app.RunAsync();
        StoreAddress.Release();
    }

    /// <summary>Builds it, ready to run.</summary>
    public static WebApplication Build(ChannelSettings settings, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(clock);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [], ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production });
        builder.WebHost.UseUrls(settings.Urls.Split(';'));
        builder.WebHost.UseKestrelHttpsConfiguration();
        var most = (long)((settings.MaxUploadMegabytes << 20) * Base64) + (2 << 20);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = most;
        });
        // What goes wrong in a request may hold what somebody wrote: only that something did is said, never what was sent.
        builder.Logging.SetMinimumLevel(LogLevel.Error).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information).AddFilter("Microsoft.AspNetCore", LogLevel.None).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        var services = builder.Services;
        services.AddSingleton(settings).AddSingleton(clock);
        services.AddSingleton(_ => new Workspace(settings.Store, clock));
        services.AddSingleton(_ => Conduct.Of(Catalogue.Default));
        services.AddSingleton<PublicFigures>();
        services.AddSingleton<ReportChannel>().AddSingleton<EvidenceLog>().AddSingleton<Tickets>();
        services.AddScoped<WorkspaceDb>(_ => settings.Store.Open());
        services.AddDataProtection().SetApplicationName("Palermo.Channel").PersistKeysToDbContext<WorkspaceDb>();
        services.AddRazorComponents();
        services.Configure<FormOptions>(form =>
        {
            form.MultipartBodyLengthLimit = most;
            form.ValueLengthLimit = (int)Math.Min(int.MaxValue, most);
            // In memory: what was sent must not lie on a disk before it is sealed.
            form.MemoryBufferThreshold = (int)Math.Min(int.MaxValue, most);
            form.BufferBodyLengthLimit = most;
        });
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        ChannelLimit.Add(services, settings.PostsPerMinute, clock);
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var proxy in settings.Proxies)
            {
                if (IPAddress.TryParse(proxy, out var address))
                {
                    options.KnownProxies.Add(address);
                }
                else
                {
                    options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
                }
            }
        });

        var app = builder.Build();
        if (settings.Proxies.Count > 0)
        {
            app.UseForwardedHeaders();
        }

        ChannelHeaders.Use(app);
        app.UseExceptionHandler(failed => failed.Run(ChannelPages.Failed));
        app.UseStatusCodePages(context => ChannelPages.Missing(context.HttpContext));
        app.UseRouting();
        app.UseRateLimiter();
        ChannelFiles.Map(app);
        app.MapGet("/healthz", () => Results.Text("ok"));
        ChannelPages.Map(app);
        return app;
    }
}
