using System.Text.RegularExpressions;
using System.Xml.Linq;
using static Palermo.Acceptance.PalermoProgram;

namespace Palermo.Acceptance;

/// <summary>The house stands as docs/architecture.md says, and the documents say what is.</summary>
public sealed class HouseTests
{
    // The dependency table of docs/architecture.md.
    private static readonly Dictionary<string, string[]> s_mayDependOn = new()
    {
        ["Palermo.Tables"] = [],
        ["Palermo.Procurement"] = ["Palermo.Tables"],
        ["Palermo.Knowledge"] = [],
        ["Palermo.Matching"] = ["Palermo.Tables"],
        ["Palermo.Identify"] = ["Palermo.Procurement", "Palermo.Knowledge", "Palermo.Matching"],
        ["Palermo.Prevent"] = ["Palermo.Procurement", "Palermo.Knowledge", "Palermo.Identify"],
        ["Palermo.Documents"] = ["Palermo.Prevent"],
        ["Palermo.Parquet"] = [],
        ["Palermo.Evidence"] = [],
        ["Palermo.Mitigate"] = ["Palermo.Procurement", "Palermo.Knowledge", "Palermo.Identify", "Palermo.Prevent"],
        ["Palermo.Remedy"] = ["Palermo.Knowledge", "Palermo.Mitigate"],
        ["Palermo.Storage"] = ["Palermo.Evidence", "Palermo.Knowledge", "Palermo.Mitigate", "Palermo.Remedy"],
        ["Palermo.Channel"] = ["Palermo.Storage", "Palermo.Evidence", "Palermo.Knowledge", "Palermo.Mitigate", "Palermo.Remedy", "Palermo.Tables"],
        ["Palermo.Verify"] = [],
        ["Palermo.Web"] = ["Palermo.Storage", "Palermo.Channel", "Palermo.Evidence", "Palermo.Mitigate", "Palermo.Remedy", "Palermo.Procurement", "Palermo.Knowledge", "Palermo.Matching", "Palermo.Identify", "Palermo.Prevent", "Palermo.Documents", "Palermo.Tables"],
        ["Palermo.Cli"] = ["Palermo.Procurement", "Palermo.Knowledge", "Palermo.Matching", "Palermo.Identify", "Palermo.Prevent", "Palermo.Documents", "Palermo.Parquet", "Palermo.Tables"],
    };

    public static TheoryData<string> Projects() => [.. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories).Select(p => Path.GetFileNameWithoutExtension(p)!)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Dependencies_point_one_way(string project)
    {
        Assert.True(s_mayDependOn.ContainsKey(project), $"{project} is not in the dependency table; add it there and in docs/architecture.md.");
        var references = XDocument.Load(Path.Combine(Root, "src", project, project + ".csproj")).Descendants("ProjectReference")
            .Where(r => (string?)r.Attribute("ReferenceOutputAssembly") != "false")
            .Select(r => Path.GetFileNameWithoutExtension(((string)r.Attribute("Include")!).Replace('\\', '/')));
        Assert.Empty(references.Except(s_mayDependOn[project]));
        Assert.Contains($"`{project}`", File.ReadAllText(Path.Combine(Root, "docs", "architecture.md")));
    }

    [Fact]
    public void The_core_libraries_stay_free_of_frameworks()
    {
        foreach (var project in new[] { "Palermo.Tables", "Palermo.Procurement", "Palermo.Knowledge", "Palermo.Matching", "Palermo.Identify", "Palermo.Prevent", "Palermo.Evidence", "Palermo.Mitigate", "Palermo.Remedy" })
        {
            var packages = XDocument.Load(Path.Combine(Root, "src", project, project + ".csproj")).Descendants("PackageReference").Select(p => (string)p.Attribute("Include")!);
            Assert.Empty(packages.Except(["ExcelDataReader", "Sylvan.Data.Csv", "ZstdSharp.Port", "System.IO.Hashing", "AnyAscii", "NodaTime", "PublicHoliday", "Geralt", "Sodium.Core"]));
        }
    }

    [Fact]
    public void Every_indicator_has_its_page()
    {
        var indicators = Regex.Match(Run("screen", "--help").Output, "Only these indicators: ([^.]*)\\.", RegexOptions.Singleline).Groups[1].Value.Split(',').Select(i => Regex.Replace(i, "\\s", ""));
        Assert.NotEmpty(indicators);
        foreach (var indicator in indicators)
        {
            var page = File.ReadAllText(Path.Combine(Root, "docs", "indicators", indicator + ".md"));
            foreach (var heading in new[] { "## What it tests", "## Fields", "## What it means", "## What it does not mean", "## Sources" })
            {
                Assert.Contains(heading, page);
            }
        }
    }

    [Fact]
    public void The_readme_shows_what_the_program_prints()
    {
        var readme = File.ReadAllText(Path.Combine(Root, "README.md"));
        var shown = Regex.Match(readme, "<!-- output: screen -->\\s*```text\\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        Assert.NotEmpty(shown);
        using var folder = new TempFolder();
        Assert.Contains(Normal(shown), Normal(RunIn(folder.Root, null, "screen").Output));
    }

    [Fact]
    public void No_file_passes_the_size_that_a_reader_can_hold()
    {
        var long_ = Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/Migrations/", StringComparison.Ordinal) && File.ReadLines(f).Count() > 600);
        Assert.Empty(long_);
    }

    // The date of the run and the edition of data/ change; the rest must not.
    private static string Normal(string text) =>
        Regex.Replace(Regex.Replace(text.ReplaceLineEndings("\n"), "as of [0-9-]{10}, data edition [0-9a-f]{12}", "as of DATE, data edition EDITION"), "[ \t]+\n", "\n").Trim();
}
