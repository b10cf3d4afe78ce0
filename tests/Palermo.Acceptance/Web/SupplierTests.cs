using System.Net;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance.Web;

/// <summary>Dossiers: listings with reasons, decisions, what is contested, answers by year.</summary>
public sealed class SupplierTests
{
    [Fact]
    public async Task A_dossier_shows_listings_with_reasons_and_keeps_what_people_decided_and_said()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["list.csv"], "id,name,alias,country\nE1,Hetian Taida Apparel Co. Ltd.,\"Hetian TEDA Garment\",CN\n");
        Assert.Equal(0, Run("lists", "add", "table", folder["list.csv"], "--id", "example", "--title", "Example list", "--map", "id=id;name=name;alias=alias;country=country", "--date", "2026-05-01", "--data", folder["data"]).ExitCode);
        using var server = new WorkspaceServer("--data", folder["data"], "--as-of", "2026-09-01");
        using var ada = await Session.First(server, sample: true);
        using var made = await ada.Post("/en/suppliers", "/en/suppliers", ("name", "Hetian Taida Apparel"), ("other-names", "和田泰达服饰\n  هوتان تايدا "), ("country", "CN"), ("identifiers", ""));
        var path = made.Headers.Location!.ToString();
        var page = await ada.Page(path);
        Assert.Equal(["Hetian Taida Apparel", "和田泰达服饰", "هوتان تايدا"], page.QuerySelectorAll("dd li[dir=auto]").Select(l => l.TextContent));
        Assert.Contains("“Hetian Taida Apparel” and “Hetian Taida Apparel Co. Ltd.”", page.Body!.TextContent);
        Assert.Contains("A registry number, tax number or LEI of the supplier.", page.Body.TextContent);
        // The evidence sums up.
        var cells = page.QuerySelectorAll("#l-example-E1 td.govuk-table__cell--numeric").Select(c => decimal.Parse(c.TextContent, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.InRange(Math.Abs(cells[..^1].Sum() - cells[^1]), 0, 0.05m * cells.Length);

        using var unreasoned = await ada.Post(path, path + "/decisions", ("choice", "unsure"), ("reason", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unreasoned.StatusCode);
        await ada.Post(path, path + "/decisions", ("choice", "unsure"), ("reason", "Asked for the registry extract."));
        Assert.Contains("Settle a listing marked unsure", (await ada.Page("/en/desk")).Body!.TextContent);
        await ada.Post(path, path + "/decisions", ("choice", "not-a-match"), ("reason", "Another registry number <script>."));
        Assert.DoesNotContain("marked unsure", (await ada.Page("/en/desk")).Body!.TextContent);
        Assert.Contains("Another registry number <script>.", (await ada.Page(path)).Body!.TextContent);

        await ada.Post(path, path + "/notes", ("kind", "contest"), ("subject", "Listing E1"), ("text", "We are not this company."));
        Assert.Contains("Answer what was contested", (await ada.Page("/en/desk")).Body!.TextContent);
        await ada.Post(path, path + "/notes", ("kind", "answer"), ("to", (await ada.Page(path)).QuerySelector("input[name=to]")!.GetAttribute("value")!), ("text", "Agreed, see the decision."));
        Assert.DoesNotContain("Answer what was contested", (await ada.Page("/en/desk")).Body!.TextContent);

        // Answers of two years, with what changed.
        foreach (var (year, fees) in new[] { ("2025", "no"), ("2026", "yes") })
        {
            using var request = await ada.Form(path, path + "/answers", []);
            var token = System.Web.HttpUtility.ParseQueryString(await request.Content!.ReadAsStringAsync());
            using var form = new MultipartFormDataContent { { new StringContent(token["__RequestVerificationToken"]!), "__RequestVerificationToken" }, { new StringContent(year), "year" } };
            form.Add(new StringContent($"id,question,kind,answer,evidence\nquestion.fees-charged,Did any worker pay?,yes-no,{fees},\nquestion.policy,Where?,text,https://example.org,\n"), "file", "questionnaire.csv");
            request.Content = form;
            using var brought = await ada.Send(request);
            Assert.Equal(HttpStatusCode.Redirect, brought.StatusCode);
        }

        var answers = await ada.Page(path);
        Assert.Contains("Since 2025, 1 answers changed", answers.Body!.TextContent);
        Assert.Contains("Did any worker", answers.Body.TextContent);
    }

    [Fact]
    public async Task Where_no_list_is_kept_the_dossier_says_that_nothing_was_compared()
    {
        using var server = new WorkspaceServer();
        using var ada = await Session.First(server, sample: true);
        var link = (await ada.Page("/en/suppliers")).QuerySelector(".govuk-list a")!.GetAttribute("href")!;
        Assert.Contains("nothing was compared", (await ada.Page(link)).Body!.TextContent);
    }
}
