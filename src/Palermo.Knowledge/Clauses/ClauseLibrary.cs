using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Palermo.Knowledge.Authoring;
using Palermo.Knowledge.Json;

namespace Palermo.Knowledge.Clauses;

/// <summary>The texts of one language.</summary>
/// <param name="Code">ISO 639-1 code.</param>
/// <param name="Texts">Texts by id.</param>
/// <param name="Words">Short words and names by key: labels, and names of measures, goods and sectors.</param>
public sealed record ClauseLanguage(string Code, IReadOnlyDictionary<string, ClauseText> Texts, IReadOnlyDictionary<string, string> Words);

/// <summary>Clause and question texts of the tender pack, in every language there is.</summary>
public sealed class ClauseLibrary
{
    private static readonly Lazy<ClauseLibrary> s_shipped = new(LoadShipped);

    private ClauseLibrary(IReadOnlyList<DataTable> tables, IReadOnlyDictionary<string, ClauseLanguage> languages)
    {
        DataTable Table(string name) => tables.First(t => t.Name == "clauses/" + name);
        var blocks = Table("blocks");
        Blocks = [.. Catalogue.Rows(blocks, r => new ClauseBlock(blocks[r, "id"], Whole(blocks[r, "order"]), blocks[r, "element"].Length > 0 ? Whole(blocks[r, "element"]) : 0, ChoiceOf(blocks, r, true), Whole(blocks[r, "version"]), blocks[r, "standard"])).OrderBy(b => b.Order)];
        var questions = Table("questions");
        Questions = [.. Catalogue.Rows(questions, r => new ClauseQuestion(questions[r, "id"], questions[r, "group"], Answer(questions[r, "answer"]), Kind(questions[r, "kind"]), Whole(questions[r, "points"]), ChoiceOf(questions, r, true), questions[r, "when"].Length > 0 ? AnswerTest.Parse(questions[r, "when"]) : null, questions[r, "evidence"] == "1"))];
        var fillIns = Table("fill-ins");
        FillIns = [.. Catalogue.Rows(fillIns, r => new FillIn(fillIns[r, "id"], fillIns[r, "type"] switch { "number" => FillInType.Number, "date" => FillInType.Date, _ => FillInType.Text }, fillIns[r, "unit"], Number(fillIns[r, "minimum"]), Number(fillIns[r, "maximum"]), fillIns[r, "default"], fillIns[r, "measure"], fillIns[r, "parameter"], fillIns[r, "description"]))];
        var calendar = Table("calendar");
        Calendar = [.. Catalogue.Rows(calendar, r => new CalendarEntry(calendar[r, "id"], ChoiceOf(calendar, r, false), calendar[r, "anchor"], calendar.List(r, "after", ';'), calendar[r, "unit"], calendar[r, "every"], calendar[r, "who"]))];
        var rules = Table("consistency");
        Consistency = [.. Catalogue.Rows(rules, r => new ConsistencyRule(rules[r, "id"], [.. rules.List(r, "when", ';').Select(AnswerTest.Parse).OfType<AnswerTest>()]))];
        var low = Table("low-value");
        LowValues = Catalogue.Rows(low, r => (low[r, "currency"], decimal.Parse(low[r, "amount"], CultureInfo.InvariantCulture))).ToDictionary(StringComparer.Ordinal);
        Languages = languages;
    }

    /// <summary>The library shipped with this build. Read once, on first use.</summary>
    public static ClauseLibrary Shipped => s_shipped.Value;

    /// <summary>Texts, in their order.</summary>
    public IReadOnlyList<ClauseBlock> Blocks { get; }

    /// <summary>Questions, in their order.</summary>
    public IReadOnlyList<ClauseQuestion> Questions { get; }

    /// <summary>What texts leave open.</summary>
    public IReadOnlyList<FillIn> FillIns { get; }

    /// <summary>What falls due.</summary>
    public IReadOnlyList<CalendarEntry> Calendar { get; }

    /// <summary>Answers that do not fit together.</summary>
    public IReadOnlyList<ConsistencyRule> Consistency { get; }

    /// <summary>Up to which amount a value is low, by currency: an order of magnitude for the light form, no threshold of law.</summary>
    public IReadOnlyDictionary<string, decimal> LowValues { get; }

    /// <summary>Languages by code.</summary>
    public IReadOnlyDictionary<string, ClauseLanguage> Languages { get; }

    /// <summary>First eight hexadecimal digits of the SHA-256 of a text: names what it said.</summary>
    public static string Hash(ClauseText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var all = new StringBuilder(text.Title);
        foreach (var part in text.Main.Concat(text.Buyer).Concat(text.Light))
        {
            all.Append('\n').Append(part.IsPoint ? "- " : "").Append(part.Text);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all.ToString())))[..8];
    }

    /// <summary>The same library with texts of one's own laid over it: <c>FOLDER/en/*.md</c>. A new folder is a new language.</summary>
    /// <returns>The library; null if there are problems.</returns>
    public (ClauseLibrary? Library, IReadOnlyList<DataProblem> Problems) With(string folder)
    {
        var all = new List<DataProblem>();
        var languages = Languages.ToDictionary(StringComparer.Ordinal);
        foreach (var own in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            var code = Path.GetFileName(own);
            var texts = new Dictionary<string, ClauseText>(StringComparer.Ordinal);
            foreach (var file in Directory.EnumerateFiles(own, "*.md").Order(StringComparer.Ordinal))
            {
                var problems = new Problems(file);
                foreach (var text in ClauseTextReader.Read(File.ReadAllText(file), problems))
                {
                    texts[text.Id] = text;
                }

                all.AddRange(problems.All);
            }

            // Labels of a new language stay English until its words are part of data/.
            var below = languages.GetValueOrDefault(code) ?? Languages["en"];
            languages[code] = new ClauseLanguage(code, below.Texts.Concat(texts).GroupBy(t => t.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal), below.Words);
            all.AddRange(ClauseChecks.Holes(this, texts.Values));
        }

        return (all.Count > 0 ? null : new ClauseLibrary(Catalogue.Default.Tables, languages), all);
    }

    /// <summary>Reads the library of a data folder.</summary>
    /// <param name="tables">Its tables.</param>
    /// <param name="files">Its texts: path relative to data/, as in <c>clauses/en/texts.md</c>, and content.</param>
    internal static (ClauseLibrary Library, List<DataProblem> Problems) Read(IReadOnlyList<DataTable> tables, IEnumerable<(string File, string Content)> files)
    {
        var all = new List<DataProblem>();
        var languages = new SortedDictionary<string, ClauseLanguage>(StringComparer.Ordinal);
        foreach (var group in files.GroupBy(f => f.File.Split('/')[1], StringComparer.Ordinal))
        {
            var texts = new Dictionary<string, ClauseText>(StringComparer.Ordinal);
            foreach (var (file, content) in group)
            {
                var problems = new Problems(file);
                foreach (var text in ClauseTextReader.Read(content, problems))
                {
                    if (!texts.TryAdd(text.Id, text))
                    {
                        problems.Add(text.Line, $"The text {text.Id} stands in {texts[text.Id].File} already.", "Remove one of them.");
                    }
                }

                all.AddRange(problems.All);
            }

            var words = new Dictionary<string, string>(StringComparer.Ordinal);
            if (tables.FirstOrDefault(t => t.Name == $"clauses/{group.Key}/words") is { } table)
            {
                for (var row = 0; row < table.Count; row++)
                {
                    words[table[row, "key"]] = table[row, "text"];
                }
            }

            languages[group.Key] = new ClauseLanguage(group.Key, texts, words);
        }

        return (new ClauseLibrary(tables, languages), all);
    }

    private static ClauseLibrary LoadShipped()
    {
        var assembly = typeof(ClauseLibrary).Assembly;
        var files = assembly.GetManifestResourceNames().Where(n => n.StartsWith("clauses/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(n => (n.Replace('\\', '/'), Encoding.UTF8.GetString(Embedded.Read(n))));
        return Read(Catalogue.Default.Tables, files).Library;
    }

    private static Choice ChoiceOf(DataTable table, int row, bool narrowed) => new(
        table.List(row, "measures", ';'),
        table[row, "level"] switch { "low" => ChosenFrom.Low, "medium" => ChosenFrom.Medium, "high" => ChosenFrom.High, _ => ChosenFrom.Bound },
        narrowed ? table.List(row, "category", ';') : [],
        narrowed ? table.List(row, "sectors", ';') : [],
        table.Columns.Contains("harms") ? table.List(row, "harms", ';') : []);

    private static AnswerType Answer(string word) => word switch
    {
        "yes-no" => AnswerType.YesNo,
        "number" => AnswerType.Number,
        "percent" => AnswerType.Percent,
        "money" => AnswerType.Money,
        "date" => AnswerType.Date,
        "countries" => AnswerType.Countries,
        _ => AnswerType.Text,
    };

    private static QuestionKind Kind(string word) => word switch
    {
        "required" => QuestionKind.Required,
        "scored" => QuestionKind.Scored,
        "exclusion" => QuestionKind.Exclusion,
        _ => QuestionKind.Information,
    };

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static decimal? Number(string text) => text.Length > 0 ? decimal.Parse(text, CultureInfo.InvariantCulture) : null;
}
