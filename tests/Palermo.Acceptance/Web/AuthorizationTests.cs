using System.Net;
using System.Text.RegularExpressions;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance.Web;

/// <summary>Every endpoint, called as everybody and as each role: docs/authorization.md is true.</summary>
public sealed partial class AuthorizationTests
{
    private static readonly string s_document = Path.Combine(Root, "docs", "authorization.md");

    private static string Described()
    {
        var program = Path.Combine(Root, "src", "Palermo.Cli", "bin", AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0", "web", "palermo-web.dll");
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("dotnet", [program, "authorization"]) { RedirectStandardOutput = true })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text;
    }

    [Fact]
    public void The_document_says_what_the_endpoints_say()
    {
        var described = Described();
        if (Environment.GetEnvironmentVariable("PALERMO_GOLDEN") == "write")
        {
            File.WriteAllText(s_document, described);
        }

        Assert.Equal(File.ReadAllText(s_document), described);
    }

    [Fact]
    public async Task Every_endpoint_lets_in_those_it_says_and_nobody_else()
    {
        using var server = new WorkspaceServer("--heavy-per-minute", "0");
        using var ada = await Session.First(server, sample: true);
        var rows = Row().Matches(File.ReadAllText(s_document)).Select(m => (Method: m.Groups[1].Value, Route: m.Groups[2].Value, Open: m.Groups[4].Value.Trim() == "✓", Roles: m.Groups[5].Value.Split('|').Select(c => c.Trim() == "✓").ToArray())).ToArray();
        Assert.True(rows.Length > 80);
        string[] roles = ["Officer", "ContractManager", "Analyst", "CaseHandler", "Auditor", "Administrator", "Supplier"];
        using var nobody = new Session(server);
        var wrong = new List<string>();
        async Task Look(Session who, string name, Func<(string Method, string Route, bool Open, bool[] Roles), bool> may)
        {
            foreach (var row in rows.Where(r => !r.Route.Contains("/setup", StringComparison.Ordinal) && !r.Route.EndsWith("/sign-out", StringComparison.Ordinal) && !r.Route.EndsWith("/account/sessions", StringComparison.Ordinal)))
            {
                var path = Parameter().Replace(row.Route, m => m.Value.Contains("number", StringComparison.Ordinal) ? "1" : m.Value.Contains("version", StringComparison.Ordinal) ? "x" : "00000000-0000-0000-0000-000000000001");
                using var request = new HttpRequestMessage(new HttpMethod(row.Method), path);
                request.Headers.Accept.ParseAdd("text/html");
                using var answer = await who.Send(request);
                // On whatever it is: an answer, a refusal, nothing here.
                string Header(string header) => answer.Headers.TryGetValues(header, out var values) ? string.Join(",", values) : "";
                if (!Header("Content-Security-Policy").StartsWith("default-src 'none'", StringComparison.Ordinal) || Header("X-Content-Type-Options") != "nosniff" || Header("X-Frame-Options") != "DENY" || Header("Referrer-Policy") != "same-origin" || (!row.Open && !Header("Cache-Control").Contains("no-store", StringComparison.Ordinal) && answer.StatusCode == HttpStatusCode.OK))
                {
                    wrong.Add($"{name}: {row.Method} {path}: headers {answer.Headers}");
                }

                var location = answer.Headers.Location?.ToString() ?? "";
                var refused = answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized || (answer.StatusCode == HttpStatusCode.Redirect && location.Contains("/sign-in", StringComparison.Ordinal) && !row.Route.Contains("/sign-in", StringComparison.Ordinal));
                // Invitations are refused for their code, not for who asks.
                var ownRefusal = row.Route.Contains("/join", StringComparison.Ordinal);
                if ((may(row) == refused && !ownRefusal) || answer.StatusCode == HttpStatusCode.InternalServerError)
                {
                    wrong.Add($"{name}: {row.Method} {path}: {(int)answer.StatusCode} {location}");
                }
            }
        }

        await Look(nobody, "nobody", r => r.Open);
        for (var i = 0; i < roles.Length; i++)
        {
            using var person = await ada.Invite(roles[i], $"{roles[i].ToLowerInvariant()}@example.org", null, roles[i]);
            var role = i;
            // The API takes keys, whoever is signed in.
            await Look(person, roles[i], r => r.Open || (!r.Route.StartsWith("/api/", StringComparison.Ordinal) && r.Roles[role]));
        }

        Assert.Empty(wrong);
    }

    [GeneratedRegex(@"^\| ([A-Z]+) (\S+) \| ([^|]*) \| ([^|]*) \| (.*) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
