using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Palermo.Acceptance.Web;

/// <summary>The worker's channel in a browser: every language, small, accessible, with script and without.</summary>
public sealed class ChannelPageTests
{
    private static readonly string[] s_languages = ["en", "fr", "es", "pt", "ar", "ur", "hi", "bn", "ne", "id", "vi", "zh", "ru"];

    private static string Address(Grievances g, string path) => $"http://localhost:{g.Channel.Client.BaseAddress!.Port}{path}";

    [Fact]
    public async Task Every_page_in_every_language_is_accessible_small_and_keeps_nothing()
    {
        await using var g = await Grievances.Start();
        var receipts = new Dictionary<string, string>();
        foreach (var language in s_languages)
        {
            var (_, page) = await g.Channel.Post($"/{language}/tell", ("what", "…"));
            receipts[language] = ChannelServer.ReceiptOn(page);
        }

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Launch(playwright);
        foreach (var language in s_languages)
        {
            await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 320, Height = 640 }, BypassCSP = true });
            var page = await context.NewPageAsync();
            var elsewhere = new List<string>();
            page.Request += (_, request) =>
            {
                if (!request.Url.StartsWith(Address(g, "/"), StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                {
                    elsewhere.Add(request.Url);
                }
            };
            foreach (var path in new[] { "", "/tell", "/return", "/paper", "/rules", "/figures", "case" })
            {
                if (path == "case")
                {
                    await page.GotoAsync(Address(g, $"/{language}/return"));
                    await page.Locator("#receipt").FillAsync(receipts[language]);
                    await page.Keyboard.PressAsync("Enter");
                    await Assertions.Expect(page.Locator(".message")).ToBeVisibleAsync();
                }
                else
                {
                    await page.GotoAsync(Address(g, $"/{language}{path}"));
                }

                var axe = await page.RunAxe();
                Assert.Empty(axe.Violations.Select(v => $"{language}{path}: {v.Id}: {v.Help} ({string.Join("; ", v.Nodes.Take(2).Select(n => n.Html))})"));
                Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{language}{path} is wider than a small phone");
                Assert.Equal(language is "ar" or "ur" ? "rtl" : "ltr", await page.EvaluateAsync<string>("document.documentElement.dir"));
                Assert.InRange(await Weight(g, await page.ContentAsync()), 1, 100_000);
                Assert.Empty(await context.CookiesAsync());
                Assert.Equal(0, await page.EvaluateAsync<int>("localStorage.length + sessionStorage.length"));
                if (Environment.GetEnvironmentVariable("PALERMO_PICTURES") is { Length: > 0 } pictures)
                {
                    await page.ScreenshotAsync(new() { Path = Path.Combine(pictures, $"channel-{language}{path.Replace('/', '-')}.png"), FullPage = true });
                }
            }

            Assert.Empty(elsewhere);
        }
    }

    /// <summary>All that a first visit brings, as it goes over the line.</summary>
    private static async Task<int> Weight(Grievances g, string html)
    {
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html);
        var weight = System.Text.Encoding.UTF8.GetByteCount(html);
        foreach (var file in page.QuerySelectorAll("link[rel=stylesheet], script[src]").Select(e => e.GetAttribute("href") ?? e.GetAttribute("src")!))
        {
            weight += (await g.Channel.Client.GetByteArrayAsync(file)).Length;
        }

        return weight;
    }

    [Fact]
    public async Task With_script_what_is_written_is_sealed_before_it_leaves()
    {
        await using var g = await Grievances.Start();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Launch(playwright);
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var sent = new List<string>();
        page.Request += (_, request) => sent.Add(request.PostDataBuffer is { } body ? System.Text.Encoding.Latin1.GetString(body) : "");
        var faults = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                faults.Add(message.Text);
            }
        };
        await page.GotoAsync(Address(g, "/en/tell"));
        await Assertions.Expect(page.Locator("[data-sealed-note]")).ToBeVisibleAsync();
        await page.Locator("#what").FillAsync("Canary-what: passports — पासपोर्ट");
        await page.Locator("#danger-yes").CheckAsync();
        await page.Locator("#identity").FillAsync("Canary-identity");
        await page.Locator("#code").FillAsync(g.Code);
        await page.Locator("#files").SetInputFilesAsync(new FilePayload { Name = "canary-name.txt", MimeType = "text/plain", Buffer = System.Text.Encoding.UTF8.GetBytes("canary-file " + new string('x', 5000)) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Assertions.Expect(page.Locator(".receipt")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        Assert.Empty(faults);
        Assert.DoesNotContain(sent, s => s.Contains("anary", StringComparison.Ordinal));
        var receipt = await page.Locator(".receipt").TextContentAsync();

        // It opens with the receipt, and for the handlers: the browser's seals are the server's.
        await page.Locator("#receipt").FillAsync(receipt!);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Canary-what: passports — पासपोर्ट");
        sent.Clear();
        await page.Locator("#text").FillAsync("Canary-more");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Canary-more");
        Assert.DoesNotContain(sent, s => s.Contains("Canary-more", StringComparison.Ordinal));
        var @case = Assert.Single(await Grievances.CasesOf(g.Mira));
        var seen = await g.Mira.Page(@case);
        Assert.Contains("Canary-what: passports — पासपोर्ट", seen.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("in the reporter’s browser", seen.Body.TextContent, StringComparison.Ordinal);
        using var file = await g.Mira.Get(seen.QuerySelector("a[href*='/files/']")!.GetAttribute("href")!);
        Assert.StartsWith("canary-file xxx", await file.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using (await g.Mira.Post(@case, @case + "/identity", ("text", "why")))
        using (await g.Tom.Send(await Grievances.OneOf(g.Tom, @case, @case + "/identity", "request", (await g.Tom.Page(@case)).QuerySelector("input[name=request]")!.GetAttribute("value")!, [])))
        {
            Assert.Contains("Canary-identity", (await g.Mira.Page(@case)).Body!.TextContent, StringComparison.Ordinal);
        }

        // Leaving: blank at once, and nothing to go back to.
        await page.GotoAsync(Address(g, "/en"));
        await page.RouteAsync("**/*wikipedia*/**", route => route.FulfillAsync(new() { Body = "elsewhere", ContentType = "text/plain" }));
        // Three quick presses; on a machine that is busy they may come too slowly to count, as a person's may.
        for (var tries = 0; !page.Url.Contains("wikipedia", StringComparison.Ordinal) && tries < 20; tries++)
        {
            for (var i = 0; i < 3; i++)
            {
                await page.Keyboard.PressAsync("Shift");
            }

            await page.WaitForTimeoutAsync(1000);
        }

        Assert.Contains("wikipedia", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_without_script_on_a_slow_line_reports_in_her_language()
    {
        await using var g = await Grievances.Start();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Launch(playwright);
        await using var context = await browser.NewContextAsync(new() { JavaScriptEnabled = false, Locale = "ur-PK", ViewportSize = new() { Width = 320, Height = 640 } });
        var page = await context.NewPageAsync();
        // 50 kbit/s, two seconds to and fro.
        var line = await context.NewCDPSessionAsync(page);
        await line.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object> { ["offline"] = false, ["latency"] = 2000, ["downloadThroughput"] = 50 * 1024 / 8, ["uploadThroughput"] = 50 * 1024 / 8 });
        page.SetDefaultTimeout(120_000);
        await page.GotoAsync(Address(g, "/"));
        Assert.Equal("اردو", await page.Locator(".languages a").First.TextContentAsync());
        await page.Locator(".languages a").First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "ہمیں بتائیں", Exact = true }).ClickAsync();
        await page.Locator("#what").FillAsync("کاغذات رکھ لیے");
        await page.GetByRole(AriaRole.Button, new() { Name = "بھیجیں", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".receipt")).ToBeVisibleAsync(new() { Timeout = 120_000 });
        // She types it in her own digits.
        var receipt = string.Concat((await page.Locator(".receipt").TextContentAsync())!.Select(c => char.IsAsciiDigit(c) ? (char)('۰' + (c - '0')) : c));
        await page.Locator("#receipt").FillAsync(receipt);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".message")).ToContainTextAsync("کاغذات رکھ لیے", new() { Timeout = 120_000 });
        Assert.Empty(await context.CookiesAsync());
    }
}
