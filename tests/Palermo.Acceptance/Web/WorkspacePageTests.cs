using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance.Web;

/// <summary>The pages behind the sign-in, in a browser: accessible, fitting, without script where none is needed; and passkeys.</summary>
public sealed class WorkspacePageTests
{
    private static string Local(WorkspaceServer server, string path) => $"http://localhost:{server.Client.BaseAddress!.Port}{path}";

    private static async Task SignIn(IPage page, WorkspaceServer server, Session session, string language, string email = "ada@example.org")
    {
        await page.GotoAsync(Local(server, $"/{language}/sign-in"));
        await page.Locator("#email").FillAsync(email);
        await page.Locator("#password").FillAsync(Session.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#code").FillAsync(Session.Code(session.Key));
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Every_page_behind_the_sign_in_is_accessible_and_fits_without_script_in_every_language()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["list.csv"], "id,name,alias,country\nE1,Haldon Limited,,GB\n");
        Assert.Equal(0, Run("lists", "add", "table", folder["list.csv"], "--id", "example", "--title", "Example list", "--map", "id=id;name=name;alias=alias;country=country", "--date", "2026-05-01", "--data", folder["data"]).ExitCode);
        using var server = new WorkspaceServer("--data", folder["data"], "--as-of", "2026-09-01", "--heavy-per-minute", "0");
        using var ada = await Session.First(server, sample: true);
        using var bo = await ada.Invite("Bo Ek", "bo@example.org", null, "Officer", "Auditor");
        var tender = (await ada.Page("/en/tenders")).QuerySelector("tbody a")!.GetAttribute("href")!["/en".Length..];
        var supplier = (await ada.Page("/en/suppliers")).QuerySelector(".govuk-list a")!.GetAttribute("href")!["/en".Length..];
        var run = (await ada.Page("/en/runs")).QuerySelector("tbody a")!.GetAttribute("href")!["/en".Length..];
        var person = (await ada.Page("/en/administration")).QuerySelectorAll("tbody a").First(a => a.TextContent == "Bo Ek").GetAttribute("href")!["/en".Length..];
        await ada.Post($"/en{tender}", $"/en{tender}/records");
        for (var i = 0; i < 120 && (await ada.Page($"/en{run}")).QuerySelector("#headline") is null; i++)
        {
            await Task.Delay(250);
        }

        var process = (await ada.Page($"/en{run}/processes?salience=medium")).QuerySelector("tbody a")!.GetAttribute("href")!["/en".Length..];
        string[] pages =
        [
            "/desk", "/tenders", "/tenders/new", tender, tender + "/facts", tender + "/rules", tender + "/notice", tender + "/records/1", "/runs", run, run + "?salience=medium&country=MD", run + "/processes?indicator=listed-good", process,
            "/suppliers", supplier, "/administration", person, "/ledger", "/account", "/account/second-factor", "/tender?title=gloves",
        ];
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Launch(playwright);
        foreach (var (language, width) in new[] { ("en", 1280), ("fr", 360), ("es", 768) })
        {
            await Visit(browser, server, ada, "ada@example.org", language, width, pages);
        }
    }

    [Fact]
    public async Task Pages_of_contracts_plans_and_cases_are_accessible_and_fit_in_every_language()
    {
        await using var g = await Grievances.Start();
        await g.Report(("what", "Fees"), ("danger", "yes"), ("identity", "A name"), ("code", g.Code));
        var @case = Assert.Single(await Grievances.CasesOf(g.Mira));
        foreach (var (kind, word, text) in new[] { ("triaged", "immediate", ""), ("classified", "recruitment-fees", ""), ("decided", "founded", "Receipts"), ("path-opened", "recruitment-fees", "") })
        {
            using var done = await Grievances.WriteDown(g.Mira, @case, kind, word, text);
        }

        using (await g.Mira.Post(@case, @case + "/ledger", ("entry", "Owed"), ("worker", "W1"), ("component", "recruitment-fee"), ("amount", "10"), ("currency", "EUR"), ("grade", "Documents"), ("side", "payer")))
        {
        }

        var contract = (await g.Ada.Page("/en/contracts")).QuerySelector("th a[href*='/contracts/']")!.GetAttribute("href")!;
        using (await g.Ada.Post(contract, contract + "/parties", ("kind", "site"), ("tier", "2"), ("name", "工厂七"), ("country", "CN"), ("address", ""), ("source", "map")))
        using (await g.Ada.Send(await Grievances.OneOf(g.Ada, contract, contract + "/plans", "alert", (await g.Ada.Page(contract)).QuerySelector("input[name=alert]")!.GetAttribute("value")!, [("priority", "other")])))
        {
        }

        var plan = (await g.Ada.Page(contract)).QuerySelector("a[href*='/plans/']")!.GetAttribute("href")!;
        using (await g.Ada.Send(await Grievances.OneOf(g.Ada, plan, plan + "/events", "kind", "action", [("kind", "action"), ("text", "Ask"), ("word", "buyer"), ("day", "2027-01-01")])))
        {
        }

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Launch(playwright);
        foreach (var (language, width) in new[] { ("en", 1280), ("fr", 360), ("es", 768) })
        {
            await Visit(browser, g.Server, g.Ada, "ada@example.org", language, width, ["/desk", "/contracts", contract["/en".Length..], contract["/en".Length..] + "/notice.html", "/plans", plan["/en".Length..]]);
            await Visit(browser, g.Server, g.Mira, "mira@office.example", language, width, ["/cases", "/desk", @case["/en".Length..], "/cases/new", "/cases/recovery"], async page =>
            {
                await page.GotoAsync(Local(g.Server, $"/{language}/cases"));
                await page.Locator("#passphrase").FillAsync(Grievances.Passphrase);
                await page.Keyboard.PressAsync("Enter");
                await Assertions.Expect(page.Locator("form[action$='/cases/lock']")).ToBeVisibleAsync();
            });
        }
    }

    private static async Task Visit(IBrowser browser, WorkspaceServer server, Session ada, string email, string language, int width, string[] pages, Func<IPage, Task>? before = null)
    {
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, BypassCSP = true });
        var page = await context.NewPageAsync();
        async Task Look(string path, int status = 200)
        {
            var response = await page.GotoAsync(Local(server, "/" + language + path));
            Assert.True(response!.Status == status, $"{path}: {response.Status}");
            var axe = await page.RunAxe();
            Assert.Empty(axe.Violations.Select(v => $"{path}: {v.Id}: {v.Help} ({string.Join("; ", v.Nodes.Take(3).Select(n => n.Html))})"));
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{path} is wider than {width}");
            // Ready for languages written from the right: the same page turned around fits too.
            await page.EvaluateAsync("document.documentElement.dir = 'rtl'");
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{path} turned around is wider than {width}");
            await page.EvaluateAsync("document.documentElement.dir = 'ltr'");
            if (Environment.GetEnvironmentVariable("PALERMO_PICTURES") is { Length: > 0 } pictures)
            {
                await page.ScreenshotAsync(new() { Path = Path.Combine(pictures, $"{language}{path.Replace('/', '-').Replace('?', '-')[..Math.Min(path.Length, 60)]}.png"), FullPage = true });
            }
        }

        foreach (var path in new[] { "/sign-in", "/join?code=x", "/setup" })
        {
            await Look(path, path == "/sign-in" ? 200 : 403);
        }

        await SignIn(page, server, ada, language, email);
        await (before?.Invoke(page) ?? Task.CompletedTask);
        foreach (var path in pages)
        {
            await Look(path);
        }
    }

    /// <summary>The officer's way, keyboard only and without script: sign in, tender, decision, record.</summary>
    [Fact]
    public async Task An_officer_works_without_a_mouse_and_without_script()
    {
        using var server = new WorkspaceServer("--as-of", "2026-09-01");
        using var ada = await Session.First(server);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Launch(playwright);
        await using var context = await browser.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await SignIn(page, server, ada, "en");
        async Task Press(ILocator what)
        {
            await what.FocusAsync();
            await page.Keyboard.PressAsync("Enter");
        }

        await Press(page.GetByRole(AriaRole.Button, new() { Name = "New tender" }));
        await page.GetByLabel("What do you buy?").FillAsync("school uniforms");
        await page.GetByLabel("Notice planned for").FillAsync("2026-09-20");
        await page.Keyboard.PressAsync("Enter");
        await Press(page.GetByRole(AriaRole.Link, new() { Name = "What is bought" }));
        await page.GetByLabel("In which country is the buyer?").SelectOptionAsync("BR");
        await page.GetByLabel("What is bought?").SelectOptionAsync("goods");
        await Press(page.GetByRole(AriaRole.Button, new() { Name = "Save and see what follows" }));
        await page.GetByLabel("Brazilian federal").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Locator("#f-procurement-underLaw14133-yes").CheckAsync();
        await Press(page.GetByRole(AriaRole.Button, new() { Name = "Save and leave" }));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("2 regimes bind");
        await Press(page.GetByRole(AriaRole.Link, new() { Name = "Rules that bind" }));
        await Press(page.Locator("summary", new() { HasText = "Decide on this" }).First);
        await page.GetByLabel("Follow it", new() { Exact = true }).First.FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await Press(page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).First);
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Saved");
        await Press(page.Locator(".govuk-back-link"));
        await Press(page.GetByRole(AriaRole.Button, new() { Name = "Make a record of today" }));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("has not been changed since");
        await Press(page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }));
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("signed out");
    }

    [Fact]
    public async Task A_passkey_is_added_and_opens_the_workspace_alone_under_the_policy_of_the_page()
    {
        using var server = new WorkspaceServer();
        using var ada = await Session.First(server);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Launch(playwright);
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var violations = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                violations.Add(message.Text);
            }
        };
        var devtools = await context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new() { ["options"] = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true } });
        await SignIn(page, server, ada, "en");
        await page.GotoAsync(Local(server, "/en/account"));
        // What went wrong is said once something did.
        await Assertions.Expect(page.Locator("[data-passkey-failed]")).ToBeHiddenAsync();
        await page.Locator("#label").FillAsync("test laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("passkey is added");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("test laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Desk");
        Assert.Empty(violations);

        // Where a passkey is all there is, a password alone sets no other factor beside it.
        var bo = await ada.InviteHalf("Bo Ek", "bo@example.org", "Officer");
        using (bo)
        {
            await context.ClearCookiesAsync();
            await page.GotoAsync(Local(server, "/en/sign-in"));
            await page.Locator("#email").FillAsync("bo@example.org");
            await page.Locator("#password").FillAsync(Session.Password);
            await page.Keyboard.PressAsync("Enter");
            await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("passkey is added");
            using var thief = new Session(server);
            using var password = await thief.Post("/en/sign-in", "/en/sign-in", ("email", "bo@example.org"), ("password", Session.Password));
            using var set = await thief.Get("/en/account/second-factor");
            Assert.StartsWith("/en/sign-in", set.Headers.Location!.ToString());
            using var desk = await thief.Get("/en/desk");
            Assert.Equal(System.Net.HttpStatusCode.Redirect, desk.StatusCode);
        }
    }
}
