using System.IO.Compression;
using System.Text;
using System.Text.Json;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance;

/// <summary><c>palermo draft --check</c>: drafts of others, and of our own that somebody changed.</summary>
public sealed class DraftTests(TenderPacks packs)
{
    [Theory]
    [MemberData(nameof(TenderPacks.All), MemberType = typeof(TenderPacks))]
    public void What_palermo_drew_up_misses_nothing(string tender, string language)
    {
        foreach (var extension in new[] { "docx", "html", "md" })
        {
            var run = Run("draft", TenderPacks.Facts(tender), "--lang", language, "--check", Path.Combine(packs.Of(tender, language), "bidding-documents." + extension), "--format", "json", "--fail-on", "missing");
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            using var json = JsonDocument.Parse(run.Output);
            Assert.Empty(json.RootElement.GetProperty("missing").EnumerateArray());
            Assert.NotEmpty(json.RootElement.GetProperty("binding").EnumerateArray());
        }
    }

    [Fact]
    public void A_clause_somebody_took_out_is_missed()
    {
        using var folder = new TempFolder();
        var path = folder["cut.docx"];
        File.Copy(Path.Combine(packs.Of("us-federal-abroad"), "bidding-documents.docx"), path);
        using (var file = WordprocessingDocument.Open(path, isEditable: true))
        {
            foreach (var control in file.MainDocumentPart!.Document!.Body!.Descendants<SdtBlock>().Where(s => s.SdtProperties?.GetFirstChild<Tag>()?.Val?.Value is "palermo:contract.notification").ToArray())
            {
                control.Remove();
            }
        }

        var run = Run("draft", "--check", path, "--fail-on", "missing");
        Assert.Equal(1, run.ExitCode);
        var missing = run.Output[run.Output.IndexOf("## Missing", StringComparison.Ordinal)..run.Output.IndexOf("## Covered", StringComparison.Ordinal)];
        Assert.Contains("[report-incidents]", missing);
        Assert.Contains("FAR, 52.222-50(d) [FAR2217-07", missing);
        Assert.Contains("Texts that do it: contract.notification", missing);
    }

    [Fact]
    public void A_draft_by_hand_is_read_in_its_own_words()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["mine.md"], """
            # Tender conditions

            ## Exclusion

            Bidders convicted by final judgment of human trafficking in the last five years are excluded; they may show self-cleaning.

            ## Labour

            The contractor respects the ILO core conventions and binds each subcontractor to the same.

            ## Vans

            Deliveries are made with electric vans.

            ## Trips

            The contractor pays the return travel of workers.
            """);
        var run = Run("draft", TenderPacks.Facts("eu-solar"), "--check", folder["mine.md"]);
        string Section(string title) => run.Output.Split("## ").FirstOrDefault(s => s.StartsWith(title, StringComparison.Ordinal)) ?? "";
        Assert.Contains("[exclude-on-conviction]", Section("Covered"));
        Assert.Contains("[self-cleaning]", Section("Covered"));
        Assert.Contains("[labour-law-compliance]", Section("Covered"));
        Assert.Contains("[flow-down]", Section("Covered"));
        Assert.Contains("[reject-abnormally-low]", Section("Missing"));
        Assert.Contains("[pay-return-travel]", Section("Not required"));
        Assert.DoesNotContain("electric vans", run.Output);
    }

    [Fact]
    public void Without_facts_it_says_what_it_has_and_what_is_needed()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["mine.txt"], "El contratista respeta los convenios fundamentales de la Organización Internacional del Trabajo y prohíbe el trabajo forzoso.");
        var run = Run("draft", "--check", folder["mine.txt"]);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Nothing is known of the tender", run.Output);
        Assert.Contains("[forbid-forced-labour]", run.Output);
    }

    [Theory]
    [InlineData("broken.docx", "PK\u0003\u0004nothing", "can't be opened")]
    [InlineData("scan.pdf", "%PDF-1.7", "is a PDF")]
    public void What_is_no_draft_is_told(string name, string content, string message)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder[name], content, Encoding.Latin1);
        var run = Run("draft", TenderPacks.Facts("eu-solar"), "--check", folder[name]);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains(message, run.Error);
        Assert.DoesNotContain("   at ", run.Error);
    }

    /// <summary>Found by fuzzing.</summary>
    [Fact]
    public void A_docx_without_a_body_is_told()
    {
        using var folder = new TempFolder();
        using (var file = WordprocessingDocument.Create(folder["empty.docx"], DocumentFormat.OpenXml.WordprocessingDocumentType.Document))
        {
            file.AddMainDocumentPart().Document = new Document();
        }

        var run = Run("draft", TenderPacks.Facts("eu-solar"), "--check", folder["empty.docx"]);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("has no text", run.Error);
    }

    [Fact]
    public void A_package_that_is_neither_docx_nor_odt_is_told()
    {
        using var folder = new TempFolder();
        using (var zip = ZipFile.Open(folder["sheet.docx"], ZipArchiveMode.Create))
        {
            zip.CreateEntry("xl/workbook.xml");
        }

        var run = Run("draft", TenderPacks.Facts("eu-solar"), "--check", folder["sheet.docx"]);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("neither DOCX nor ODT", run.Error);
    }
}
