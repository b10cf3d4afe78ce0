using Microsoft.Playwright;

namespace Palermo.Acceptance.Web;

/// <summary>Somebody at a real browser without script and without a mouse: moves with Tab alone, types, chooses and presses keys.</summary>
public sealed class KeyboardUser : IAsyncDisposable
{
    private const int MostTabs = 400;
    private readonly IBrowserContext _context;
    private readonly WorkspaceServer _server;

    private KeyboardUser(IBrowserContext context, IPage page, WorkspaceServer server) => (_context, Page, _server) = (context, page, server);

    public IPage Page { get; }

    /// <summary>Opens a browser window of their own and signs in.</summary>
    public static async Task<KeyboardUser> SignIn(IBrowser browser, WorkspaceServer server, Session session, string email)
    {
        var context = await browser.NewContextAsync(new() { JavaScriptEnabled = false, Locale = "en-US", ViewportSize = new() { Width = 1280, Height = 900 } });
        var user = new KeyboardUser(context, await context.NewPageAsync(), server);
        await user.Go("/en/sign-in");
        await user.Type(user.Page.Locator("#email"), email);
        await user.Type(user.Page.Locator("#password"), Session.Password, "Enter");
        await user.Type(user.Page.Locator("#code"), Session.Code(session.Key), "Enter");
        await Assertions.Expect(user.Page.Locator("h1")).ToContainTextAsync("Desk");
        return user;
    }

    public async Task Go(string path) => await Page.GotoAsync($"http://localhost:{_server.Client.BaseAddress!.Port}{path}");

    /// <summary>Moves to something with Tab; it must be reached that way and show that it is.</summary>
    public async Task Reach(ILocator what)
    {
        var target = await what.First.ElementHandleAsync();
        for (var i = 0; i < MostTabs; i++)
        {
            if (await target!.EvaluateAsync<bool>("e => e === document.activeElement"))
            {
                Assert.True(await target.EvaluateAsync<bool>("e => { const s = getComputedStyle(e); return e.matches(':focus-visible') || s.outlineStyle !== 'none'; }"), $"{what} does not show that it has the focus");
                return;
            }

            await Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{what} can't be reached with Tab on {Page.Url}");
    }

    /// <summary>Reaches something and presses a key on it.</summary>
    public async Task Press(ILocator what, string key = "Enter")
    {
        await Reach(what);
        await Page.Keyboard.PressAsync(key);
    }

    /// <summary>Types into a field; then perhaps a key.</summary>
    public async Task Type(ILocator field, string text, string? then = null)
    {
        await Reach(field);
        await Page.Keyboard.PressAsync("Control+A");
        await Page.Keyboard.TypeAsync(text);
        if (then is not null)
        {
            await Page.Keyboard.PressAsync(then);
        }
    }

    /// <summary>Chooses in a list by the beginning of the words.</summary>
    public async Task Choose(ILocator list, string words)
    {
        await Reach(list);
        await Page.Keyboard.TypeAsync(words);
        Assert.StartsWith(words, await list.EvaluateAsync<string>("e => e.options[e.selectedIndex].text"), StringComparison.Ordinal);
    }

    public Task Sees(string words) => Assertions.Expect(Page.Locator("main")).ToContainTextAsync(words);

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name });

    public ILocator Summary(string words) => Page.Locator("summary", new() { HasText = words });

    /// <summary>Keeps a picture of the page where PALERMO_PICTURES asks for them.</summary>
    public async Task Picture(string name)
    {
        if (Environment.GetEnvironmentVariable("PALERMO_PICTURES") is { Length: > 0 } pictures)
        {
            await Page.ScreenshotAsync(new() { Path = Path.Combine(pictures, $"journey-{name}.png"), FullPage = true });
        }
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
