using System.Diagnostics;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Microsoft.Playwright;

namespace Palermo.Acceptance;

/// <summary>The documents of a tender pack, opened: by the Open XML SDK's validator, by LibreOffice, by a browser.</summary>
public sealed partial class TenderFormatTests(TenderPacks packs)
{
    [Theory]
    [MemberData(nameof(TenderPacks.All), MemberType = typeof(TenderPacks))]
    public void Every_docx_is_valid_and_has_real_structure(string tender, string language)
    {
        foreach (var path in Directory.EnumerateFiles(packs.Of(tender, language), "*.docx"))
        {
            using var file = WordprocessingDocument.Open(path, isEditable: false);
            Assert.Empty(new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(file).Select(e => $"{Path.GetFileName(path)}: {e.Description} {e.Path?.XPath}"));
            var tags = file.MainDocumentPart!.Document!.Descendants<Tag>().Select(t => t.Val!.Value!).ToArray();
            Assert.All(tags, t => Assert.True(t.Length <= 64, t));
            var ids = file.MainDocumentPart.Document.Descendants<SdtId>().Select(i => i.Val!.InnerText).ToArray();
            Assert.Equal(ids.Length, ids.Distinct().Count());
        }

        using var bidding = WordprocessingDocument.Open(Path.Combine(packs.Of(tender, language), "bidding-documents.docx"), isEditable: false);
        var body = bidding.MainDocumentPart!.Document!.Body!;
        Assert.Contains(body.Descendants<ParagraphStyleId>(), s => s.Val == "Heading1");
        Assert.Contains(body.Descendants<Paragraph>(), p => p.ParagraphProperties?.ParagraphStyleId?.Val == "Heading2" && p.ParagraphProperties.NumberingProperties?.NumberingLevelReference?.Val?.Value == 1);
        Assert.Contains(body.Descendants<Tag>(), t => t.Val == "palermo:contract.standards");
        Assert.Contains(body.Descendants<Tag>(), t => t.Val!.Value!.StartsWith("o:", StringComparison.Ordinal));
        Assert.Contains(body.Descendants<Tag>(), t => t.Val!.Value!.StartsWith("answer:question.", StringComparison.Ordinal));
        Assert.All(body.Descendants<Table>(), t => Assert.NotNull(t.GetFirstChild<TableRow>()!.TableRowProperties!.GetFirstChild<TableHeader>()));
        Assert.Equal(language, bidding.PackageProperties.Language);
    }

    /// <summary>What was looked at once stays as it was: LibreOffice opens every document, and a brief is one or two pages.</summary>
    [Fact]
    public void LibreOffice_opens_every_docx_and_a_brief_is_two_pages_at_most()
    {
        using var folder = new TempFolder();
        var files = new List<string>();
        foreach (var (tender, language) in TenderPacks.All().Select(r => ((string)r.Data.Item1, (string)r.Data.Item2)))
        {
            foreach (var path in Directory.EnumerateFiles(packs.Of(tender, language), "*.docx"))
            {
                var copy = folder[$"{tender}-{Path.GetFileName(path)}"];
                File.Copy(path, copy);
                files.Add(copy);
            }
        }

        using (var office = Process.Start(new ProcessStartInfo("soffice", ["--headless", $"-env:UserInstallation=file://{folder["profile"]}", "--convert-to", "pdf", "--outdir", folder["pdf"], .. files]) { RedirectStandardOutput = true, RedirectStandardError = true })!)
        {
            office.StandardOutput.ReadToEnd();
            Assert.True(office.WaitForExit(TimeSpan.FromMinutes(4)), "LibreOffice did not come to an end.");
        }

        foreach (var file in files)
        {
            var pages = Pages(Path.Combine(folder["pdf"], Path.GetFileNameWithoutExtension(file) + ".pdf"));
            Assert.InRange(pages, 1, file.Contains("risk-brief", StringComparison.Ordinal) ? 2 : file.Contains("notice-to-workers", StringComparison.Ordinal) ? 1 : 60);
        }
    }

    [Theory]
    [InlineData("eu-solar", "en", 1280)]
    [InlineData("no-textiles", "en", 360)]
    [InlineData("un-garments", "fr", 1280)]
    [InlineData("br-uniforms", "es", 360)]
    public async Task Pages_are_accessible_on_wide_screens_and_phones(string tender, string language, int width)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.Launch(playwright);
        foreach (var path in Directory.EnumerateFiles(packs.Of(tender, language), "*.html"))
        {
            var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
            var requests = new List<string>();
            page.Request += (_, request) => requests.Add(request.Url);
            await page.GotoAsync("file://" + path);
            Assert.Single(requests);
            var axe = await page.RunAxe();
            Assert.Empty(axe.Violations.Select(v => $"{Path.GetFileName(path)}: {v.Id}: {v.Help} ({string.Join("; ", v.Nodes.Take(3).Select(n => n.Html))})"));
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), $"{Path.GetFileName(path)} is wider than {width}");
            await page.CloseAsync();
        }
    }

    private static int Pages(string pdf)
    {
        using var info = Process.Start(new ProcessStartInfo("pdfinfo", [pdf]) { RedirectStandardOutput = true })!;
        var text = info.StandardOutput.ReadToEnd();
        info.WaitForExit();
        return int.Parse(PageCount().Match(text).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Pages:\s+(\d+)")]
    private static partial Regex PageCount();
}
