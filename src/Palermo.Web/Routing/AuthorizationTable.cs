using System.Text;
using Microsoft.AspNetCore.Authorization;
using Palermo.Storage.Model;
using Palermo.Web.Accounts;

namespace Palermo.Web.Routing;

/// <summary>Who may call what, read from the endpoints themselves: docs/authorization.md is this table, and a test calls each endpoint as each role.</summary>
internal static class AuthorizationTable
{
    /// <summary>The table as Markdown.</summary>
    public static string Write(IEndpointRouteBuilder app)
    {
        var text = new StringBuilder("""
            # Who may call what
            Made from the endpoints by `palermo-web authorization`; a test holds it, and calls each endpoint as each role (`tests/Palermo.Acceptance/Web/AuthorizationTests.cs`). Pages are shown in English; they stand in every language. ✓ where a role may in its own organization; what belongs to another organization is not found.


            """.ReplaceLineEndings("\n"));
        var roles = Enum.GetValues<Role>();
        text.Append($"| endpoint | needs | everybody | {string.Join(" | ", roles)} |\n|---|---|---|{string.Concat(roles.Select(_ => "---|"))}\n");
        foreach (var (method, route, needs, open) in Endpoints(app))
        {
            var cells = roles.Select(role => open || needs!.Permission is not { } permission || RolePermissions.Of(role).Contains(permission) || (permission == Permission.Operate && role == Role.Administrator) ? "✓" : " ");
            text.Append($"| {method} {route} | {(open ? "–" : needs!.ToString())} | {(open ? "✓" : " ")} | {string.Join(" | ", cells)} |\n");
        }

        return text.ToString();
    }

    private static IEnumerable<(string Method, string Route, Needs? Needs, bool Open)> Endpoints(IEndpointRouteBuilder app) =>
        app.DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m => (Method: m, Route: "/" + e.RoutePattern.RawText!.TrimStart('/'), Needs: e.Metadata.GetMetadata<Needs>(), Open: e.Metadata.GetMetadata<IAllowAnonymous>() is not null)))
            .Where(e => e.Method != "HEAD" && !e.Route.StartsWith("/fr", StringComparison.Ordinal) && !e.Route.StartsWith("/es", StringComparison.Ordinal))
            .OrderBy(e => e.Route, StringComparer.Ordinal).ThenBy(e => e.Method, StringComparer.Ordinal);
}
