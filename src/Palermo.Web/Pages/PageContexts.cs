using System.Security.Cryptography;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Palermo.Prevent.Drafting;
using Palermo.Web.Accounts;
using Palermo.Web.Hosting;
using Palermo.Web.Localization;

namespace Palermo.Web.Pages;

/// <summary>Makes what pages need, and pages.</summary>
public sealed class PageContexts(KnowledgeBase knowledge, WorkspaceSettings settings)
{
    /// <summary>Query field that says what was just done.</summary>
    public const string DoneField = "done";

    private const int NonceBytes = 16;
    private readonly Dictionary<string, Words> _words = Texts.All.Keys.ToDictionary(l => l, l => new Words(knowledge.Clauses.Languages[l], knowledge.Catalogue), StringComparer.Ordinal);

    /// <summary>Of a public page.</summary>
    public PageContext Public(HttpContext http, string language)
    {
        ArgumentNullException.ThrowIfNull(http);
        var path = http.Request.Path.Value ?? "/";
        var own = path.StartsWith($"/{language}/", StringComparison.Ordinal) ? path[(language.Length + 1)..] : "/";
        return new PageContext(Texts.All[language], _words[language], knowledge, own, http.Request.QueryString.Value ?? "") { HasAccounts = settings.Store is not null };
    }

    /// <summary>Of a page of the workspace.</summary>
    public PageContext Inside(HttpContext http, string language, Access? who)
    {
        var tokens = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        var c = Public(http, language);
        return c with
        {
            Who = who,
            Token = tokens.RequestToken!,
            TokenField = tokens.FormFieldName,
            Done = http.Request.Query[DoneField].ToString() is { Length: > 0 } done && c.Texts.Has("done." + done) ? "done." + done : null,
        };
    }

    /// <summary>The same, for a page with a script: the policy of its answer lets that one run.</summary>
    public static PageContext WithScript(HttpContext http, PageContext c)
    {
        ArgumentNullException.ThrowIfNull(http);
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceBytes));
        http.Response.Headers.ContentSecurityPolicy = SecurityHeaders.WithScript(nonce);
        return c with { Nonce = nonce };
    }

    /// <summary>The language of an address, or the one the browser likes.</summary>
    public static string LanguageOf(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return Texts.All.Keys.FirstOrDefault(l => http.Request.Path.StartsWithSegments("/" + l, StringComparison.Ordinal)) ?? Texts.Preferred(http.Request.Headers.AcceptLanguage);
    }

    /// <summary>A page.</summary>
    public static RazorComponentResult Page<T>(PageContext c, int status = 200, params (string Name, object? Value)[] parameters) where T : IComponent =>
        new RazorComponentResult<T>(parameters.Append(("C", c)).ToDictionary(p => p.Item1, p => p.Item2)) { StatusCode = status, ContentType = "text/html; charset=utf-8", PreventStreamingRendering = true };
}
