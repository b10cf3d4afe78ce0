using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OAuth.Claims;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Palermo.Storage;
using Palermo.Storage.Changes;
using Palermo.Storage.Model;
using Palermo.Web.Api.Work;
using Palermo.Web.Hosting;
using Palermo.Web.Pages;

namespace Palermo.Web.Accounts;

/// <summary>Accounts: ASP.NET Core Identity over the store, cookies, passkeys, OpenID Connect.</summary>
internal static class AccountServices
{
    /// <summary>Name of the scheme of the organizations' provider.</summary>
    public const string Provider = "oidc";

    /// <summary>Rounds of PBKDF2-SHA512 over a password (OWASP, 2023).</summary>
    public const int HashIterations = 210_000;

    private const int MostTries = 8;
    private static readonly TimeSpan s_session = TimeSpan.FromHours(8), s_locked = TimeSpan.FromMinutes(10), s_step = TimeSpan.FromMinutes(5);

    public static void Add(IServiceCollection services, WorkspaceSettings settings, StoreAddress store)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton(store);
        services.AddSingleton<Workspace>();
        services.AddSingleton<JobQueue>();
        services.AddSingleton<SetupCode>();
        services.AddScoped(_ => store.Open());
        services.AddScoped<AccessReader>();
        services.AddScoped<KeyReader>();
        services.AddScoped<IAuthorizationHandler, NeedsHandler>();
        services.AddAuthorization();
        var keys = services.AddDataProtection().SetApplicationName("Palermo").PersistKeysToDbContext<WorkspaceDb>();
        if (settings.KeyCertificate is { } file)
        {
            keys.ProtectKeysWithCertificate(Certificate(file));
        }

        services.AddIdentityCore<Person>(options =>
            {
                options.User.RequireUniqueEmail = true;
                options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
                options.Password.RequiredLength = 1;
                options.Lockout.MaxFailedAccessAttempts = MostTries;
                options.Lockout.DefaultLockoutTimeSpan = s_locked;
                options.Tokens.AuthenticatorIssuer = "Palermo";
            })
            .AddPasswordValidator<PasswordRules>()
            .AddEntityFrameworkStores<WorkspaceDb>()
            .AddSignInManager()
            .AddDefaultTokenProviders();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = HashIterations);
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            options.ServerDomain = settings.PublicUrl?.Host;
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
        });
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "__Host-palermo-form";
            Harden(options.Cookie);
            options.Cookie.SameSite = SameSiteMode.Strict;
            // Set as secure below, like every cookie; its own check would refuse browsers on this machine, where there is no TLS.
            options.Cookie.SecurePolicy = CookieSecurePolicy.None;
            options.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<CookiePolicyOptions>(options => options.Secure = CookieSecurePolicy.Always);
        var authentication = services.AddAuthentication(IdentityConstants.ApplicationScheme);
        authentication.AddIdentityCookies(cookies =>
        {
            cookies.ApplicationCookie!.Configure(o => Configure(o, "__Host-palermo", s_session));
            cookies.TwoFactorUserIdCookie!.Configure(o => Configure(o, "__Host-palermo-step", s_step));
            cookies.TwoFactorRememberMeCookie!.Configure(o => Configure(o, "__Host-palermo-device", s_step));
            cookies.ExternalCookie!.Configure(o => Configure(o, "__Host-palermo-provider", s_step));
        });
        if (settings.Oidc is { } oidc)
        {
            authentication.AddOpenIdConnect(Provider, oidc.Name, o => Configure(o, oidc));
        }
    }

    private static void Configure(CookieAuthenticationOptions options, string name, TimeSpan lasts)
    {
        options.Cookie.Name = name;
        Harden(options.Cookie);
        options.ExpireTimeSpan = lasts;
        options.SlidingExpiration = true;
        // Every request reads the account anew (AccessReader); Identity's own look every half hour is not needed.
        options.Events.OnValidatePrincipal = _ => Task.CompletedTask;
        options.Events.OnRedirectToLogin = async context =>
        {
            if (KeyReader.IsApi(context.HttpContext))
            {
                await Refuse(context.HttpContext);
                return;
            }

            var address = HttpMethods.IsGet(context.Request.Method) ? $"?next={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}" : "";
            context.Response.Redirect($"/{PageContexts.LanguageOf(context.HttpContext)}/sign-in{address}");
        };
        options.Events.OnRedirectToAccessDenied = async context =>
        {
            var http = context.HttpContext;
            if (KeyReader.IsApi(http))
            {
                await Refuse(http);
                return;
            }

            var access = await http.RequestServices.GetRequiredService<AccessReader>().Read(http.RequestAborted);
            var language = PageContexts.LanguageOf(http);
            if (access is null)
            {
                // The account was closed, or signed out elsewhere.
                await http.SignOutAsync(IdentityConstants.ApplicationScheme);
                context.Response.Redirect($"/{language}/sign-in");
            }
            else if (!access.Strong)
            {
                context.Response.Redirect($"/{language}/account/second-factor");
            }
            else
            {
                var c = http.RequestServices.GetRequiredService<PageContexts>().Inside(http, language, access);
                await PageContexts.Page<MessagePage>(c, StatusCodes.Status403Forbidden, (nameof(MessagePage.Title), c["forbidden.title"]), (nameof(MessagePage.Message), c["forbidden.text"])).ExecuteAsync(http);
            }
        };
    }

    // To a program: no key, a key that may not, or one that has used up its day.
    private static async Task Refuse(HttpContext http)
    {
        if (http.Items.ContainsKey(KeyReader.QuotaMark))
        {
            var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
            http.Response.Headers.RetryAfter = ((int)(now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime).TotalSeconds + 1).ToString(null, null);
            await Problems.Of("quota-exceeded", "The key has used up its requests for today. Try again after the time in Retry-After, or have its quota raised.").ExecuteAsync(http);
        }
        else if (await http.RequestServices.GetRequiredService<AccessReader>().Read(http.RequestAborted) is not null)
        {
            await Problems.Of("forbidden", $"The key may not do this: it needs a scope with {http.GetEndpoint()?.Metadata.GetMetadata<Needs>()}.").ExecuteAsync(http);
        }
        else
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            await Problems.Of("unauthorized", "Send Authorization: Bearer with a key that is valid. An administrator makes keys in the workspace.").ExecuteAsync(http);
        }
    }

    private static void Harden(CookieBuilder cookie)
    {
        cookie.HttpOnly = true;
        cookie.SecurePolicy = CookieSecurePolicy.Always;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.Path = "/";
        cookie.IsEssential = true;
    }

    private static void Configure(OpenIdConnectOptions options, OidcSettings oidc)
    {
        options.Authority = oidc.Authority;
        options.ClientId = oidc.ClientId;
        options.ClientSecret = oidc.ClientSecret;
        options.RequireHttpsMetadata = oidc.Authority.StartsWith("https:", StringComparison.Ordinal);
        options.SignInScheme = IdentityConstants.ExternalScheme;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // Answers come by address, so cookies may stay with our own site.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = true;
        options.Scope.Clear();
        options.Scope.Add("openid");
        options.Scope.Add("email");
        options.Scope.Add("profile");
        // How somebody signed in there is dropped by default; a floor is held against it.
        options.ClaimActions.Remove("acr");
        options.CallbackPath = "/sign-in/provider/back";
        options.CorrelationCookie.SameSite = options.NonceCookie.SameSite = SameSiteMode.Lax;
        options.CorrelationCookie.Name = "__Host-palermo-oidc.";
        options.NonceCookie.Name = "__Host-palermo-nonce.";
        options.CorrelationCookie.Path = options.NonceCookie.Path = "/";
        options.Events.OnRedirectToIdentityProvider = context =>
        {
            if (oidc.Acr is { } acr)
            {
                context.ProtocolMessage.AcrValues = acr;
            }

            return Task.CompletedTask;
        };
        options.Events.OnRemoteFailure = context =>
        {
            // What the provider or a stranger put into the address goes into no log and on no page.
            context.HandleResponse();
            context.Response.Redirect($"/{Localization.Texts.Preferred(context.Request.Headers.AcceptLanguage)}/sign-in?done=provider-failed");
            return Task.CompletedTask;
        };
    }

    private static X509Certificate2 Certificate(string file)
    {
        try
        {
            return Path.GetExtension(file) is ".pem" or ".crt" ? X509Certificate2.CreateFromPemFile(file) : X509CertificateLoader.LoadPkcs12FromFile(file, null);
        }
        catch (System.Security.Cryptography.CryptographicException e)
        {
            throw new SettingsException($"--key-certificate {file}: {e.Message} A certificate with its private key was expected: PFX without a password, or PEM.");
        }
    }
}
