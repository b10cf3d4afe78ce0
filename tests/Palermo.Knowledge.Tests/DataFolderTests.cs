using Palermo.Knowledge.Authoring;

namespace Palermo.Knowledge.Tests;

/// <summary>What a reviewer meets after a slip in data/: the file, the row and the mend.</summary>
public sealed class DataFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("palermo-data-").FullName;

    public DataFolderTests()
    {
        var data = Path.Combine(Root(), "data");
        foreach (var file in Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder, Path.GetRelativePath(data, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    [Fact]
    public void The_data_as_it_is_has_no_problem()
    {
        var (tables, rows, edition, problems) = DataFolder.Check(_folder);
        Assert.Empty(problems);
        Assert.True(tables >= 20 && rows > 20_000);
        Assert.Equal(Catalogue.Default.Edition, edition);
    }

    [Theory]
    [InlineData("goods/listings.csv", "cotton.CN,cotton,CN,1", "cotton.CN,cotton,CN,2", "allowed are 0, 1")]
    [InlineData("goods/listings.csv", "cotton.CN,cotton,CN", "cotton.CN,coton,CN", "not in goods/goods.csv")]
    [InlineData("goods/listings.csv", "cotton.CN,cotton,CN", "cotton.XX,cotton,CN", "good and country make \"cotton.CN\"")]
    [InlineData("goods/listings.csv", "cotton.CN,cotton,CN", "cotton.BJ,cotton,BJ", "is there already")]
    [InlineData("goods/words.csv", "cotton,en,cotton,word,own", "cotton,en,cotton,word,nobody", "not in sources/sources.csv")]
    [InlineData("goods/words.csv", "cotton,en,cotton,word", "cotton,en,the,word", "function word")]
    [InlineData("goods/codes.csv", "cotton,CPV,03115110", "cotton,CPV,03115119", "CPV has no code 03115119")]
    [InlineData("places/countries.csv", "AF,AFG,Afghanistan", "AF,AFG,", "required")]
    [InlineData("import-measures/measures.csv", "im-001,US CBP s.307,WRO,entity", "im-001,US CBP s.307,WRO,everything", "allowed are")]
    public void A_slip_is_named_with_file_row_and_mend(string file, string before, string after, string what)
    {
        var path = Path.Combine(_folder, file);
        var lines = File.ReadAllLines(path);
        var line = Array.FindIndex(lines, l => l.Contains(before, StringComparison.Ordinal));
        Assert.True(line >= 0, $"{before} is not in {file}");
        lines[line] = lines[line].Replace(before, after);
        File.WriteAllLines(path, lines);

        var problem = Assert.Single(DataFolder.Check(_folder).Problems, p => p.What.Contains(what, StringComparison.Ordinal));
        Assert.Equal(file, problem.File);
        Assert.Equal(line + 1, problem.Line);
        Assert.NotEmpty(problem.Mend);
    }

    [Theory]
    [InlineData("clauses/fr/texts.md", "## exclusion.fine:", "## exclusion.fines:", "The text exclusion.fine is missing.")]
    [InlineData("clauses/es/texts.md", "## exclusion.fine:", "## Multa:", "is no heading of a text")]
    [InlineData("clauses/en/texts.md", "## exclusion.fine:", "## exclusion.breach:", "exclusion.breach is there already")]
    [InlineData("clauses/en/texts.md", "{audit.notice-days}", "{notice.days}", "which fill-ins.csv does not know")]
    [InlineData("clauses/fr/texts.md", "{audit.notice-days}", "cinq", "audit.notice-days")]
    [InlineData("clauses/en/texts.md", "\n### buyer\n", "\n### byer\n", "opens no section of a text")]
    [InlineData("clauses/fr/words.csv", "yes,oui", "jawohl,oui", "The word yes is missing.")]
    [InlineData("clauses/es/questions.md", "## question.conviction:", "## question.convictions:", "question.conviction is missing")]
    [InlineData("clauses/blocks.csv", "import-risk-allocation;product-ban", "import-risk-allocation;product-bans", "measures.json has none")]
    [InlineData("clauses/consistency.csv", ",question.labour", ",questions.labour", "tests something that is not asked")]
    [InlineData("espd/4.1.0.json", "\"mandatory\": true", "\"mandatory\": false", "eight mandatory criteria")]
    public void A_slip_in_the_texts_of_clauses_is_named(string file, string before, string after, string what)
    {
        var path = Path.Combine(_folder, file);
        var text = File.ReadAllText(path);
        var at = text.IndexOf(before, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{before} is not in {file}");
        File.WriteAllText(path, text[..at] + after + text[(at + before.Length)..]);

        var problem = DataFolder.ReadDocuments(_folder).Problems.First(p => p.What.Contains(what, StringComparison.Ordinal));
        Assert.StartsWith(file.Split('/')[0], problem.File);
        Assert.True(problem.Line > 0);
        Assert.NotEmpty(problem.Mend);
    }

    [Fact]
    public void A_missing_table_a_missing_schema_and_a_broken_schema_are_named()
    {
        File.Delete(Path.Combine(_folder, "sectors", "words.csv"));
        File.Delete(Path.Combine(_folder, "goods", "goods.schema.json"));
        File.WriteAllText(Path.Combine(_folder, "map", "world.schema.json"), "{");
        var problems = DataFolder.Check(_folder).Problems;
        Assert.Contains(problems, p => p.File == "sectors/words.schema.json");
        Assert.Contains(problems, p => p.File == "goods/goods.csv" && p.What.Contains("no schema"));
        Assert.Contains(problems, p => p.File == "map/world.schema.json");
    }

    [Fact]
    public void A_row_with_too_few_cells_and_a_file_in_another_encoding_are_named()
    {
        File.AppendAllText(Path.Combine(_folder, "goods", "goods.csv"), "zircon,Zircon\n");
        File.WriteAllBytes(Path.Combine(_folder, "places", "regions.csv"), [.. "id,country\n"u8, 0xE9]);
        var problems = DataFolder.Check(_folder).Problems;
        Assert.Contains(problems, p => p.File == "goods/goods.csv" && p.What.Contains("2 cells"));
        Assert.Contains(problems, p => p.File == "places/regions.csv" && p.What.Contains("UTF-8"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Palermo.slnx")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
