using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;
using Palermo.Storage;
using Palermo.Web.Accounts;
using Palermo.Web.Api;
using Palermo.Web.Api.Matching;
using Palermo.Web.Log;
using Palermo.Web.Pages;
using Palermo.Web.Routing;

namespace Palermo.Web.Hosting;

/// <summary>Puts the workspace together.</summary>
public static class WorkspaceHost
{
    private const string AwaySeconds = "30";

    /// <summary>Builds it, ready to run.</summary>
    public static WebApplication Build(WorkspaceSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        // Nothing is read from the folder the program happens to be started in.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [], ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production });
        builder.WebHost.UseUrls(settings.Urls.Split(';'));
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = (long)settings.MaxBodyMegabytes << 20;
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information)
            // docs/operations.md says when keys lie in the store unencrypted, and how to change that.
            .AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        if (settings.JsonLog)
        {
            builder.Logging.ClearProviders().AddJsonConsole(options => options.UseUtcTimestamp = true);
        }

        Telemetry.Add(builder);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<KnowledgeBase>();
        builder.Services.AddSingleton<ListShelf>();
        builder.Services.AddSingleton<PageContexts>();
        builder.Services.AddSingleton<PublicPages>();
        builder.Services.AddRazorComponents();
        if (settings.Store is { } store)
        {
            AccountServices.Add(builder.Services, settings, store);
            WorkPages.Add(builder.Services, settings);
        }
        else
        {
            // Nobody signs in and no form changes anything: no key needs to outlive the process.
            builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
            builder.Services.AddAuthorization();
        }

        BehindProxy.Add(builder.Services, settings.Proxies);
        builder.Services.AddProblemDetails();
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            options.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower));
        });
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        KnowledgeCache.Add(builder.Services);
        HeavyLimit.Add(builder.Services, settings.HeavyPerMinute);
        ReconciliationApi.Add(builder.Services);
        ApiDescription.Add(builder.Services);

        var app = builder.Build();
        BehindProxy.Use(app, settings.Proxies);
        SecurityHeaders.Use(app);
        // A request that can't be read is the client's business: what it held goes into no log.
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = Fail, SuppressDiagnosticsCallback = failed => failed.Exception is BadHttpRequestException });
        app.UseStatusCodePages(Missing);
        app.UseRouting();
        app.UseCors();
        app.UseRateLimiter();
        if (settings.Store is not null)
        {
            app.UseCookiePolicy();
            app.UseAuthentication();
            app.UseAuthorization();
        }

        app.UseOutputCache();
        var everybody = app.MapGroup("").AllowAnonymous();
        StyleSheets.Map(everybody);
        Health.Map(everybody);
        ApiDescription.Map(everybody);
        var api = everybody.MapGroup("/api/v1").AddEndpointFilter<EntityTags>().CacheOutput(KnowledgeCache.Name);
        CompendiumApi.Map(api);
        RulesApi.Map(api);
        ScreeningApi.Map(api);
        TenderPackApi.Map(api);
        OpenSanctionsApi.Map(everybody);
        ListsApi.Map(everybody);
        ReconciliationApi.Map(everybody);
        app.Services.GetRequiredService<PublicPages>().Map(everybody);
        if (settings.Store is not null)
        {
            WorkPages.Map(app, settings);
            LogEndpoints.Map(everybody);
        }

        Closed.Check(app);
        _ = app.Services.GetRequiredService<KnowledgeBase>();
        return app;
    }

    private static async Task Fail(HttpContext context)
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        if (StoreTrouble.IsAway(error))
        {
            context.Response.Headers.RetryAfter = AwaySeconds;
            await (WantsPage(context) ? await context.RequestServices.GetRequiredService<PublicPages>().Trouble(context) : Problems.Of("not-ready", "The store can't be reached, or its disk is full. Nothing was changed; send it again after a while.")).ExecuteAsync(context);
            return;
        }

        var problem = error is BadHttpRequestException bad
            ? Problems.Of(Problems.TypeOf(bad.StatusCode), bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? "Send less at a time, or have the server's --max-body-megabytes raised." : bad.Message)
            : Problems.Of("own-failure", "Nothing was changed. If it happens again, report it with the time and the address you asked for.");
        await problem.ExecuteAsync(context);
    }

    private static bool WantsPage(HttpContext context) => context.Request.Headers.Accept.Any(a => a?.Contains("text/html", StringComparison.Ordinal) == true);

    // People get a page, programs a problem.
    private static async Task Missing(StatusCodeContext status)
    {
        var context = status.HttpContext;
        if (context.Response.StatusCode is StatusCodes.Status304NotModified)
        {
            return;
        }

        if (context.Response.StatusCode == StatusCodes.Status404NotFound && HttpMethods.IsGet(context.Request.Method) && WantsPage(context))
        {
            await context.RequestServices.GetRequiredService<PublicPages>().NotFound(context).ExecuteAsync(context);
            return;
        }

        await Problems.Of(Problems.TypeOf(context.Response.StatusCode), context.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => $"{context.Request.Path} is not here. /openapi/v1.json lists what is.",
            StatusCodes.Status405MethodNotAllowed => "The header Allow says which methods it takes.",
            StatusCodes.Status415UnsupportedMediaType => "Send application/json; other kinds are named with the endpoint in /openapi/v1.json.",
            _ => "Look at the request.",
        }).ExecuteAsync(context);
    }
}
