using System.IO.Compression;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Palermo.Acceptance.Web;

/// <summary>The public pages, in a browser.</summary>
public sealed partial class PageTests(Workspace workspace)
{
    private static readonly string[] s_pages =
    [
        "/", "/compendium", "/compendium?q=cotton", "/compendium?q=zzzzqqqq", "/states", "/states/FR", "/states/FR?peers=NO+NL+XX&procurement=true", "/measures", "/measures/exclude-on-conviction", "/measures/remediation",
        "/regimes", "/regimes/eu-2014-24", "/regimes/us-far-22.17", "/harmonize", "/harmonize?regime=us-far-22.17&regime=wb-esf-ess2", "/method", "/notice", "/tender",
        "/tender?title=surgical+gloves&f.buyer.country=GB&f.buyer.codes=uk-nhs&f.procurement.category=goods&f.tender.value=2400000&f.tender.value.currency=GBP&f.performance.countries=MY+TH",
        "/tender?title=x&f.tender.value=many&f.buyer.nothing=1", "/nothing-here",
    ];

    public static TheoryData<string, int> Visits() => new() { { "en", 1280 }, { "fr", 360 }, { "es", 768 } };

    [Theory]
    [MemberData(nameof(Visits))]
    public async Task Every_page_is_accessible_and_fits_the_screen(string language, int width)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Launch(playwright);
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, BypassCSP = true });
        foreach (var path in s_pages)
        {
            var page = await context.NewPageAsync();
            var elsewhere = new List<string>();
            page.Request += (_, request) =>
            {
                if (!request.Url.StartsWith(workspace.Client.BaseAddress!.ToString(), StringComparison.Ordinal))
                {
                    elsewhere.Add(request.Url);
                }
            };
            var response = await page.GotoAsync(new Uri(workspace.Client.BaseAddress!, "/" + language + path).ToString());
            Assert.Equal(path == "/nothing-here" ? 404 : 200, response!.Status);
            Assert.Equal(language, await page.EvaluateAsync<string>("document.documentElement.lang"));
            Assert.Empty(elsewhere);
            var axe = await page.RunAxe();
            Assert.Empty(axe.Violations.Select(v => $"{path}: {v.Id}: {v.Help} ({string.Join("; ", v.Nodes.Take(3).Select(n => n.Html))})"));
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{path} is wider than {width}");
            await page.CloseAsync();
        }
    }

    /// <summary>With the keyboard and without script: from the first page to documents in hand.</summary>
    [Fact]
    public async Task An_officer_prepares_a_tender_without_a_mouse_and_without_script()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Launch(playwright);
        await using var context = await browser.NewContextAsync(new() { JavaScriptEnabled = false, AcceptDownloads = true });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(workspace.Client.BaseAddress!, "/en/").ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "Prepare a tender" }).First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("What do you buy?").FillAsync("uniformes escolares");
        await page.GetByLabel("In which country is the buyer?").SelectOptionAsync("BR");
        await page.GetByLabel("What is bought?").SelectOptionAsync("goods");
        await page.GetByLabel("What is the estimated value").FillAsync("2 400 000");
        await page.GetByLabel("Currency").FillAsync("brl");
        await page.GetByLabel("In which countries is the contract performed?").FillAsync("br");
        await page.Keyboard.PressAsync("Enter");
        var result = page.Locator(".p-two__result");
        await Assertions.Expect(result).ToContainTextAsync("Regimes that bind: 0");
        await Assertions.Expect(result).ToContainTextAsync("Garments");
        // Each answer settles something, and the next question follows from it.
        await page.GetByLabel("Brazilian federal").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Locator("#f-procurement-underLaw14133-yes").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show what follows" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(result).ToContainTextAsync("Regimes that bind: 2");
        await Assertions.Expect(result).ToContainTextAsync("14.133/2021");
        Assert.True(await page.GetByLabel("Brazilian federal").IsCheckedAsync());
        Assert.Equal("2 400 000", await page.GetByLabel("What is the estimated value").InputValueAsync());
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download all documents" }).ClickAsync());
        using var folder = new TempFolder();
        await download.SaveAsAsync(folder["pack.zip"]);
        using var zip = ZipFile.OpenRead(folder["pack.zip"]);
        Assert.Contains(zip.Entries, e => e.Name == "bidding-documents.docx" && e.Length > 10_000);
        Assert.Contains(zip.Entries, e => e.Name == "espd-request.xml");
        // The address holds it all: somebody else opens the same.
        var again = await workspace.Client.GetStringAsync(new Uri(page.Url).PathAndQuery, TestContext.Current.CancellationToken);
        Assert.Contains("uniformes escolares", again);
    }

    [Fact]
    public async Task A_policy_maker_follows_a_measure_to_an_entry_and_compares()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Launch(playwright);
        await using var context = await browser.NewContextAsync(new() { JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(workspace.Client.BaseAddress!, "/en/states/FR").ToString());
        await page.GetByLabel("Peers").FillAsync("NO, nl XQ");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("The compendium has no “XQ”")).ToBeVisibleAsync();
        var cell = page.Locator("table").Nth(1).GetByRole(AriaRole.Link, new() { Name = "has it" }).First;
        await cell.ClickAsync();
        await Assertions.Expect(page.Locator("#cite")).ToContainTextAsync("data edition");
        await page.GetByRole(AriaRole.Link, new() { Name = "Français" }).ClickAsync();
        Assert.Contains("/fr/compendium/", page.Url);
        await Assertions.Expect(page.Locator("#cite")).ToContainTextAsync("édition des données");
    }

    /// <summary>A notice is pasted or picked; what binds it, what it shows, and a way on.</summary>
    [Fact]
    public async Task A_published_notice_is_checked_from_a_file_and_from_the_clipboard()
    {
        using var folder = new TempFolder();
        var release = File.ReadLines(PalermoProgram.Sample).First(l => l.Contains("\"country\":\"FR\"", StringComparison.Ordinal) || l.Contains("France", StringComparison.Ordinal));
        File.WriteAllText(folder["notice.json"], release);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Launch(playwright);
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 360, Height = 800 }, BypassCSP = true });
        var page = await context.NewPageAsync();
        var address = new Uri(workspace.Client.BaseAddress!, "/fr/notice").ToString();
        await page.GotoAsync(address);
        await page.GetByLabel("Un fichier").SetInputFilesAsync(folder["notice.json"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Vérifier" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Ce qui en a été lu" })).ToBeVisibleAsync();
        Assert.Empty((await page.RunAxe()).Violations.Select(v => $"{v.Id}: {v.Help} ({string.Join("; ", v.Nodes.Take(3).Select(n => n.Html))})"));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Continuer avec ses faits" }).ClickAsync();
        Assert.NotEqual("", await page.GetByLabel("Qu'achetez-vous ?").InputValueAsync());
        await page.GotoAsync(address);
        await page.GetByLabel("Ou collez-le ici").FillAsync(release + "\n" + release.Replace("\"ocid\":\"ocds", "\"ocid\":\"other", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Vérifier" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Il contient 2 procédures")).ToBeVisibleAsync();
        await page.GetByLabel("Ou collez-le ici").FillAsync("<html>");
        await page.GetByRole(AriaRole.Button, new() { Name = "Vérifier" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Il ne peut pas être vérifié")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("/en/")]
    [InlineData("/en/compendium/nothing")]
    [InlineData("/api/v1/measures")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/catalog")]
    [InlineData("/healthz")]
    [InlineData("/")]
    public async Task Every_answer_carries_the_headers_that_protect(string path)
    {
        var response = await workspace.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        string Header(string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : "";
        Assert.Equal("default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'", Header("Content-Security-Policy"));
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("same-origin", Header("Referrer-Policy"));
        Assert.Equal("DENY", Header("X-Frame-Options"));
        Assert.Equal("same-origin", Header("Cross-Origin-Opener-Policy"));
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("fr-CA,fr;q=0.9,en;q=0.8", "/fr/")]
    [InlineData("de, es;q=0.5", "/es/")]
    [InlineData("", "/en/")]
    [InlineData("zz;q=abc,,;", "/en/")]
    public async Task The_first_page_speaks_the_readers_language(string header, string place)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Accept-Language", header);
        var response = await workspace.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(place, response.Headers.Location!.ToString());
    }

    [Fact]
    public async Task What_is_typed_is_shown_as_text_and_never_as_markup()
    {
        var html = await workspace.Client.GetStringAsync("/en/tender?title=%3Cscript%3Ealert(1)%3C/script%3E&description=%22%3E%3Cimg%20src=x%3E&f.tender.value=%3Cb%3E", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("<img", html);
        Assert.DoesNotContain("<b>", html);
        Assert.Contains("&lt;script&gt;", html);
    }

    /// <summary>Every code of the data has its word in every language: a page would show the bare code otherwise.</summary>
    [Fact]
    public void Codes_of_the_data_have_words()
    {
        var known = File.ReadLines(Path.Combine(PalermoProgram.Root, "src", "Palermo.Web", "Localization", "texts.csv")).Select(l => l.Split(',')[0]).ToHashSet();
        var kinds = Directory.EnumerateFiles(Path.Combine(PalermoProgram.Root, "data", "compendium"), "*.json").SelectMany(f => Kind().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).Distinct();
        var phases = Directory.EnumerateFiles(Path.Combine(PalermoProgram.Root, "data", "packs"), "*.json").SelectMany(f => Phase().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).Distinct();
        Assert.Superset(kinds.Select(k => "kind." + k).Concat(phases.Select(p => "phase." + p)).ToHashSet(), known);
    }

    [GeneratedRegex("\"kind\": \"([a-z-]+)\"")]
    private static partial Regex Kind();

    [GeneratedRegex("\"phase\": \"([a-z-]+)\"")]
    private static partial Regex Phase();
}
