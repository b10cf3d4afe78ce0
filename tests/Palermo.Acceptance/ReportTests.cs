using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance;

/// <summary>The report in a real browser.</summary>
public sealed class ReportTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        File.AppendAllText(_folder["data.jsonl"], File.ReadAllText(Sample) + "{\"ocid\":\"ocds-<script>alert(1)</script>\",\"tender\":{\"title\":\"<img src=x onerror=alert(1)> Bricks\"}}\n{\"ocid\":\"broken\n");
        Run("screen", _folder["data.jsonl"], "--report", _folder["report.html"]);
        _playwright = await Playwright.CreateAsync();
        _browser = await Browser.Launch(_playwright);
    }

    [Theory]
    [InlineData(1280, 900)]
    [InlineData(360, 740)]
    public async Task There_are_no_accessibility_violations(int width, int height)
    {
        var page = await Open(width, height);
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        var axe = await page.RunAxe();
        Assert.Empty(axe.Violations.Select(v => $"{v.Id}: {v.Help} ({string.Join("; ", v.Nodes.Take(3).Select(n => n.Html))})"));
    }

    [Fact]
    public async Task On_a_phone_nothing_is_wider_than_the_screen()
    {
        var page = await Open(360, 740);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
    }

    [Fact]
    public async Task It_works_by_keyboard_alone()
    {
        var page = await Open(1280, 900);
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await page.EvaluateAsync<string>("document.activeElement.textContent"));
        await page.Locator("details:not([open]) summary").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.True(await page.EvaluateAsync<bool>("document.activeElement.parentElement.open"));
    }

    [Fact]
    public async Task Nothing_is_fetched_and_no_script_runs()
    {
        var page = await _browser.NewPageAsync();
        var requests = new List<string>();
        var dialogs = 0;
        page.Request += (_, request) => requests.Add(request.Url);
        page.Dialog += (_, dialog) =>
        {
            dialogs++;
            _ = dialog.DismissAsync();
        };
        await page.GotoAsync("file://" + _folder["report.html"]);
        Assert.Equal(["file://" + _folder["report.html"]], requests);
        Assert.Equal(0, dialogs);
        Assert.Equal(0, await page.Locator("script").CountAsync());
        Assert.Equal(0, await page.Locator("img").CountAsync());
    }

    [Fact]
    public async Task It_says_what_was_screened_what_was_judged_and_what_was_not_read()
    {
        var page = await Open(1280, 900);
        var text = await page.Locator("body").InnerTextAsync();
        Assert.Contains("241 contracting processes", text);
        Assert.Contains("1 piece of the input could not be read", text);
        Assert.Contains("Ask next:", text);
        Assert.True(await page.Locator("svg.map path.m2, svg.map path.m3, svg.map path.m4").CountAsync() > 0);
        foreach (var heading in new[] { "What could be judged", "Where the risk is", "By good", "By sector", "By place", "By buyer", "By supplier", "Most salient processes", "Sources", "Method" })
        {
            Assert.True(await page.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true }).CountAsync() == 1, heading);
        }
    }

    [Fact]
    public async Task Printed_it_drops_the_navigation()
    {
        var page = await Open(1280, 900);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.False(await page.Locator("nav").IsVisibleAsync());
        Assert.True(await page.Locator("h1").IsVisibleAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        _folder.Dispose();
    }

    private async Task<IPage> Open(int width, int height)
    {
        var page = await _browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = height } });
        await page.GotoAsync("file://" + _folder["report.html"]);
        return page;
    }
}
