namespace Palermo.Web.Hosting;

/// <summary>Headers that every answer carries. No script is allowed but on the few pages that are interactive by nature, and there only ours.</summary>
internal static class SecurityHeaders
{
    public const string Policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    /// <summary>The policy of a page with a script of ours, which may ask our own server and write no markup.</summary>
    public static string WithScript(string nonce) => $"{Policy}; script-src 'nonce-{nonce}'; connect-src 'self'; trusted-types 'none'";

    /// <summary>Lets this one answer stand in a frame of another's page: for what is the same for everybody and can do nothing.</summary>
    public static void AllowFrames(HttpContext context) => context.Items[nameof(AllowFrames)] = true;

    public static void Use(WebApplication app) => app.Use((context, next) =>
    {
        // When the answer begins: what went wrong on the way clears headers, and must not clear these.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            var framed = context.Items.ContainsKey(nameof(AllowFrames));
            if (headers.ContentSecurityPolicy.Count == 0)
            {
                headers.ContentSecurityPolicy = framed ? Policy.Replace("frame-ancestors 'none'", "frame-ancestors *", StringComparison.Ordinal) : Policy;
            }

            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), browsing-topics=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            if (!framed)
            {
                headers.XFrameOptions = "DENY";
            }

            if (context.Request.IsHttps)
            {
                headers.StrictTransportSecurity = "max-age=63072000; includeSubDomains";
            }

            return Task.CompletedTask;
        });
        return next(context);
    });
}
