using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Palermo.Channel;

/// <summary>Headers of every answer: nothing from elsewhere, scripts of ours alone, nothing kept by the browser, nothing told to the next page.</summary>
internal static class ChannelHeaders
{
    private const string NonceKey = "nonce";

    /// <summary>Lets our scripts run on this page.</summary>
    public static string Nonce(HttpContext http) => (string)(http.Items[NonceKey] ??= Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)));

    public static void Use(WebApplication app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; img-src 'self' data:; media-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
                + (http.Items[NonceKey] is string nonce ? $"; script-src 'nonce-{nonce}'" : "");
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), browsing-topics=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Cross-Origin-Embedder-Policy"] = "require-corp";
            headers.XFrameOptions = "DENY";
            if (headers.CacheControl.Count == 0)
            {
                headers.CacheControl = "no-store";
            }

            if (http.Request.IsHttps)
            {
                headers.StrictTransportSecurity = "max-age=63072000; includeSubDomains";
            }

            return Task.CompletedTask;
        });
        return next(http);
    });
}
