using Palermo.Identify;
using Palermo.Knowledge;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Drafting.Model;
using Palermo.Prevent.Rules;

namespace Palermo.Prevent.Drafting;

/// <summary>One to two pages: what is bought, where the risk lies and how that is known, who may be harmed, what is unknown, what to do in planning.</summary>
internal sealed class RiskBrief(TenderPack pack, Words words)
{
    private const int MostFindings = 6, MostQuestions = 6, MostCodes = 6, MostCited = 3;
    private readonly DocumentBuilder _builder = new(words, pack.FillIns);
    private readonly SortedSet<string> _sources = new(StringComparer.Ordinal);

    public DraftDocument Write()
    {
        Bought();
        Level();
        Where();
        Harmed();
        Unknown();
        Planning();
        Sources();
        return new DraftDocument("risk-brief", words["brief.title"], Titles.Of(pack, words), words.Code, Titles.Footer(pack, words), _builder.Blocks);
    }

    private void Bought()
    {
        _builder.Heading(1, words["brief.bought"]);
        var facts = pack.Input.Facts.Facts;
        var points = new List<IReadOnlyList<Run>>();
        void Add(string label, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                points.Add([new Run(RunKind.Strong, words[label] + ": "), value]);
            }
        }

        Add("brief.subject", pack.FillIns["tender.description"].Value ?? pack.FillIns["tender.title"].Value);
        Add("brief.buyer", string.Join(", ", new[] { pack.FillIns["buyer.name"].Value, facts.TryGetValue("buyer.country", out var country) ? words.Country(country.Codes[0]) : null }.OfType<string>()));
        Add("brief.codes", facts.TryGetValue("items.cpv", out var cpv) ? string.Join("; ", cpv.Codes.Take(MostCodes).Select(Cpv)) + (cpv.Codes.Count > MostCodes ? " …" : "") : null);
        Add("brief.value", facts.TryGetValue("tender.value", out var value) ? words.Amount(value.Number, value.Currency) : null);
        Add("brief.places", facts.TryGetValue("performance.countries", out var places) && places.Codes.Count > 0 ? string.Join(", ", places.Codes.Select(words.Country)) : words["brief.places.unknown"]);
        _builder.Points(points);
    }

    private string Cpv(string code)
    {
        var table = pack.Input.Catalogue.Tables.First(t => t.Name == "classifications/cpv2008");
        var digits = code.Split('-')[0];
        for (var row = 0; row < table.Count; row++)
        {
            if (table[row, "code"].Split('-')[0] == digits)
            {
                var column = "name_" + words.Code;
                return $"{digits} {(table.Columns.Contains(column) && table[row, column].Length > 0 ? table[row, column] : table[row, "name_en"])}";
            }
        }

        return code;
    }

    private void Level()
    {
        _builder.Heading(1, words["brief.level"]);
        var level = words["level." + pack.Risk.Level.ToString().ToLowerInvariant()];
        _builder.Paragraph(new Run(RunKind.Strong, words.Say("brief.level." + pack.Risk.How, level)));
        if (pack.Input.Assessment is { } assessment && words.Code == "en" && assessment.Explanation.Length > 0 && pack.Risk.How == "screened")
        {
            _builder.Paragraph(assessment.Explanation);
        }

        _builder.Note(words["brief.no-verdict"]);
    }

    private void Where()
    {
        _builder.Heading(1, words["brief.where"]);
        var findings = pack.Risk.Findings;
        if (findings.Count == 0)
        {
            _builder.Paragraph(words[pack.Input.Assessment is null ? "brief.where.not-screened" : "brief.where.none"]);
            return;
        }

        _builder.Table(words["brief.where"], [words["column.what"], words["column.how-known"], words["column.level"], words["column.sources"]], [20, 48, 10, 22],
            [.. findings.Take(MostFindings).Select(f => (IReadOnlyList<IReadOnlyList<Run>>)[[new Run(RunKind.Strong, Subject(f))], Known(f), [words["salience." + f.Level.Name()]], [Cited(f)]])]);
        if (findings.Count > MostFindings)
        {
            _builder.Note(words.Say("brief.where.more", findings.Count - MostFindings));
        }
    }

    private string Subject(Finding finding) =>
        finding.Country.Length > 0 && finding.Country != finding.Subject ? $"{words.Subject(finding.Subject)} ({words.Country(finding.Country)})" : words.Subject(finding.Subject);

    private IReadOnlyList<Run> Known(Finding finding)
    {
        var runs = new List<Run> { words["indicator." + finding.Indicator] + ". " };
        if (words.Code == "en")
        {
            runs.Add(finding.Sentence.TrimEnd('.') + ". ");
        }

        runs.Add(words["seen"] + " ");
        runs.Add(new Run(RunKind.Text, finding.Evidence));
        if (!finding.Verified)
        {
            runs.Add(" " + words["unverified"]);
        }

        return runs;
    }

    private string Cited(Finding finding)
    {
        foreach (var source in finding.Sources)
        {
            _sources.Add(source);
        }

        // The list at the end of the brief has them all; a cell of nine sources would push it over two pages.
        var cited = finding.Sources.Select(s => pack.Input.Catalogue.Sources.TryGetValue(s, out var source) ? $"{source.Publisher} {source.EditionDate.Split(';')[0]}".Trim() : s).Distinct(StringComparer.Ordinal).ToArray();
        return string.Join(", ", cited.Take(MostCited)) + (cited.Length > MostCited ? $" (+{cited.Length - MostCited})" : "");
    }

    private void Harmed()
    {
        _builder.Heading(1, words["brief.harmed"]);
        if (pack.Risk.Harms.Count == 0)
        {
            _builder.Paragraph(words["brief.harmed.unknown"]);
        }

        foreach (var harm in pack.Risk.Harms.Take(3))
        {
            var text = words.Text("harm." + harm);
            _builder.Paragraph([new Run(RunKind.Strong, text.Title + ": "), .. _builder.Runs(string.Join(' ', text.Main.Select(p => p.Text)))]);
        }
    }

    private void Unknown()
    {
        _builder.Heading(1, words["brief.unknown"]);
        var points = new List<IReadOnlyList<Run>>();
        foreach (var question in Relevance.Near(pack.Input).Where(q => Titles.IsDecidedBeforeTender(q.Need)).Take(MostQuestions))
        {
            points.Add(Titles.Question(question, words));
        }

        if (pack.Input.Assessment is { } assessment)
        {
            foreach (var group in assessment.Unknowns.GroupBy(u => string.Join(", ", u.Missing)).Where(g => g.Key.Length > 0).Take(2))
            {
                points.Add([words.Say("brief.unknown.fields", string.Join(", ", group.Select(u => words["indicator." + u.Indicator]).Distinct(StringComparer.Ordinal)), group.Key)]);
            }
        }

        if (!pack.Input.Facts.Facts.ContainsKey("performance.countries"))
        {
            points.Add([words["brief.unknown.origin"]]);
        }

        if (points.Count == 0)
        {
            points.Add([words["brief.unknown.none"]]);
        }

        _builder.Points(points);
    }

    private void Planning()
    {
        _builder.Heading(1, words["brief.planning"]);
        var chosen = pack.Texts.Where(t => t.Block.Part == "brief").ToArray();
        foreach (var text in chosen)
        {
            var own = words.Text(text.Block.Id);
            _builder.Paragraph([new Run(RunKind.Strong, own.Title + ". "), .. _builder.Runs(string.Join(' ', own.Main.Select(p => p.Text)))]);
        }
    }

    private void Sources()
    {
        _builder.Heading(1, words["brief.sources"]);
        foreach (var source in _sources.Select(s => pack.Input.Catalogue.Sources.GetValueOrDefault(s)).OfType<Source>())
        {
            _builder.Note(source.Url.StartsWith("http", StringComparison.Ordinal) ? new Run(RunKind.Link, source.Title, source.Url) : source.Title, $", {source.Publisher} {source.EditionDate}".TrimEnd());
        }

        var binding = pack.Input.Ruling.Packs.Where(p => p.Applies == Truth.True).ToArray();
        _builder.Note(words.Say("brief.sources.rules", binding.Length == 0 ? words["none"] : string.Join("; ", binding.Select(p => $"{p.Pack.Title} ({p.Pack.Pin})"))));
        _builder.Note(words.Say("brief.sources.data", pack.Input.Catalogue.Edition));
    }
}
