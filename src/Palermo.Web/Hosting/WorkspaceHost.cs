using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;
using Palermo.Web.Api;
using Palermo.Web.Api.Matching;
using Palermo.Web.Pages;

namespace Palermo.Web.Hosting;

/// <summary>Puts the workspace together.</summary>
public static class WorkspaceHost
{
    /// <summary>Builds it, ready to run.</summary>
    /// <exception cref="SettingsException">A setting does not fit.</exception>
    public static WebApplication Build(string[] args)
    {
        var settings = WorkspaceSettings.Read(args);
        // Nothing is read from the folder the program happens to be started in.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [], ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production });
        builder.WebHost.UseUrls(settings.Urls.Split(';'));
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = (long)settings.MaxBodyMegabytes << 20;
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<KnowledgeBase>();
        builder.Services.AddSingleton<ListShelf>();
        builder.Services.AddSingleton<PublicPages>();
        builder.Services.AddRazorComponents();
        // Nobody is signed in and no form changes anything: no key needs to outlive the process.
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
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
        ApiDescription.Add(builder.Services);

        var app = builder.Build();
        SecurityHeaders.Use(app);
        // A request that can't be read is the client's business: what it held goes into no log.
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = Fail, SuppressDiagnosticsCallback = failed => failed.Exception is BadHttpRequestException });
        app.UseStatusCodePages(Missing);
        app.UseRouting();
        app.UseRateLimiter();
        app.UseOutputCache();
        StyleSheets.Map(app);
        Health.Map(app);
        ApiDescription.Map(app);
        var api = app.MapGroup("/api/v1").AddEndpointFilter<EntityTags>().CacheOutput(KnowledgeCache.Name);
        CompendiumApi.Map(api);
        RulesApi.Map(api);
        ScreeningApi.Map(api);
        TenderPackApi.Map(api);
        OpenSanctionsApi.Map(app);
        ReconciliationApi.Map(app);
        app.Services.GetRequiredService<PublicPages>().Map(app);
        _ = app.Services.GetRequiredService<KnowledgeBase>();
        return app;
    }

    private static async Task Fail(HttpContext context)
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var problem = error is BadHttpRequestException bad
            ? Problems.Of(Problems.TypeOf(bad.StatusCode), bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? "Send less at a time, or have the server's --max-body-megabytes raised." : bad.Message)
            : Problems.Of("own-failure", "Nothing was changed. If it happens again, report it with the time and the address you asked for.");
        await problem.ExecuteAsync(context);
    }

    // People get a page, programs a problem.
    private static async Task Missing(StatusCodeContext status)
    {
        var context = status.HttpContext;
        if (context.Response.StatusCode is StatusCodes.Status304NotModified)
        {
            return;
        }

        if (context.Response.StatusCode == StatusCodes.Status404NotFound && HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.Any(a => a?.Contains("text/html", StringComparison.Ordinal) == true))
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
