using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Palermo.Knowledge;
using Palermo.Storage;
using Palermo.Storage.Cases;
using Palermo.Storage.Changes;
using Palermo.Storage.Evidence;
using Palermo.Storage.Operating;
using Palermo.Web.Accounts;
using Palermo.Web.Administration;
using Palermo.Web.Api.Work;
using Palermo.Web.Cases;
using Palermo.Web.Contracts;
using Palermo.Web.Hosting;
using Palermo.Web.Localization;
using Palermo.Web.Log;
using Palermo.Web.Plans;
using Palermo.Web.Portfolio;
using Palermo.Web.Suppliers;
using Palermo.Web.Tenders;
using Palermo.Web.Working;

namespace Palermo.Web.Routing;

/// <summary>All pages behind the sign-in.</summary>
internal static class WorkPages
{
    public static void Add(IServiceCollection services, WorkspaceSettings settings)
    {
        services.AddScoped<NewPerson>();
        services.AddSingleton<PortfolioStore>();
        services.AddSingleton<IJobHandler, ScreenJob>();
        services.AddSingleton<IJobHandler, ListJob>();
        services.AddSingleton<IJobHandler, JudgeJob>();
        services.AddSingleton(_ => Conduct.Of(Catalogue.Default));
        services.AddSingleton<ContractJudge>();
        services.AddSingleton<ReportChannel>();
        services.AddSingleton<EvidenceLog>();
        services.AddSingleton<LogSigner>();
        services.AddHostedService(provider => provider.GetRequiredService<LogSigner>());
        services.AddHostedService<Watcher>();
        services.AddHostedService<Reminders>();
        services.AddHostedService<Housekeeping>();
        services.AddHostedService<JobWorker>();
        services.AddHostedService<WebhookSender>();
        // Larger than other bodies are only data sets; the server's own limit holds for the rest.
        services.Configure<FormOptions>(options => options.MultipartBodyLengthLimit = (long)settings.MaxUploadMegabytes << 20);
    }

    public static void Map(WebApplication app, WorkspaceSettings settings)
    {
        var api = app.MapGroup("/api/v1").ProducesProblem(401).ProducesProblem(403).ProducesProblem(429);
        TendersApi.Map(api);
        RunsApi.Map(api, settings);
        SuppliersApi.Map(api);
        ContractsApi.Map(api);
        foreach (var language in Texts.All.Keys)
        {
            var routes = new WorkRoutes(app.MapGroup("/" + language).ExcludeFromDescription(), language);
            SignInPages.Map(routes);
            JoinPages.Map(routes);
            AccountPages.Map(routes);
            DeskPages.Map(routes);
            TenderPages.Map(routes);
            AdministrationPages.Map(routes);
            PeoplePages.Map(routes);
            KeyPages.Map(routes);
            LedgerPages.Map(routes);
            RunPages.Map(routes, settings);
            SupplierPages.Map(routes);
            ContractPages.Map(routes);
            PlanPages.Map(routes);
            CasePages.Map(routes);
            RecoveryPages.Map(routes);
        }
    }

    /// <summary>Makes the store ready and says what must be done before the first person can sign in.</summary>
    /// <exception cref="StoreException">The store can't be used as it is.</exception>
    public static async Task Prepare(WebApplication app, WorkspaceSettings settings)
    {
        if (settings.Store is not { } store)
        {
            return;
        }

        if (!OperatingSystem.IsWindows())
        {
            // What is kept is for the user it runs as alone.
            Directory.CreateDirectory(settings.Data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var pending = await Migrator.Pending(store);
        if (pending.Count > 0 && store.Kind == StoreKind.Postgres)
        {
            // Other nodes may be at work: when the shape changes is for people to say.
            throw new StoreException($"The store {store} is not of the shape this program needs ({pending.Count} steps): palermo db migrate --store …");
        }

        await Migrator.Migrate(store);
        await using var db = app.Services.GetRequiredService<Workspace>().Open();
        if (await db.Users.AnyAsync())
        {
            return;
        }

        var code = app.Services.GetRequiredService<SetupCode>();
        code.Make();
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            var address = settings.PublicUrl?.ToString() ?? app.Urls.First() + "/";
            Console.WriteLine($"First set-up: {address}en/setup?code={code.Value}");
        });
    }
}
