using System.CommandLine;
using Palermo.Cli.Compendium;
using Palermo.Knowledge.Compendium;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Output;

namespace Palermo.Cli.Commands;

/// <summary><c>palermo compendium</c>: what States and organizations have adopted.</summary>
internal static class CompendiumCommand
{
    private static readonly string[] s_standings = ["in-force", "adopted", "not-yet", "ended", "unknown"];

    public static Command Create(TimeProvider clock)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return new Command("compendium", """
            What States and organizations have adopted against trafficking, forced and child labour in purchasing: search, compare, find gaps, count, export.
              Example: palermo compendium search "exclusion trafficking" --jurisdiction PL
            """)
        {
            List(today), Show(today), Search(today), Compare(today), Gaps(today), Count(today), Export(today),
        };
    }

    private static Command List(DateOnly today)
    {
        var facets = new Facets();
        var command = new Command("list", "List entries by facets; without any, the jurisdictions.\n  Example: palermo compendium list --measure exclude-on-conviction --as-of 2020-01-01") { facets.Json };
        facets.AddTo(command);
        command.SetAction(parsed =>
        {
            var query = facets.Query(parsed, today, "");
            if (facets.IsEmpty(parsed))
            {
                CompendiumWriter.Jurisdictions(CompendiumData.Shipped, parsed.GetValue(facets.Json));
            }
            else
            {
                CompendiumWriter.Entries(new CompendiumSearch(CompendiumData.Shipped, RuleLibrary.Shipped.Measures).Find(query), query.AsOf, parsed.GetValue(facets.Json));
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static Command Search(DateOnly today)
    {
        var facets = new Facets();
        var words = new Argument<string[]>("words") { Description = "Words to find; a slip of the pen is forgiven.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("search", "Find entries by words and facets, the best first.\n  Example: palermo compendium search cotton forced labour --kind law") { words, facets.Json };
        facets.AddTo(command);
        command.SetAction(parsed =>
        {
            var query = facets.Query(parsed, today, string.Join(' ', parsed.GetValue(words)!));
            CompendiumWriter.Entries(new CompendiumSearch(CompendiumData.Shipped, RuleLibrary.Shipped.Measures).Find(query), query.AsOf, parsed.GetValue(facets.Json));
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Show(DateOnly today)
    {
        var id = new Argument<string>("id") { Description = "Id of an entry." };
        var asOf = CommonOptions.Date("--as-of", "Day as of which its standing is told; today otherwise.");
        var json = Facets.NewJson();
        var command = new Command("show", "Show an entry in full: standing, measures, citation, source, how it was verified.\n  Example: palermo compendium show de-lksg-2021-s22") { id, asOf, json };
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(id)!;
            var entry = CompendiumData.Shipped.Find(name) ?? throw new UsageException($"There is no entry \"{name}\". {Near(name)}");
            CompendiumWriter.Entry(entry, parsed.GetValue(asOf) ?? today, RuleLibrary.Shipped, parsed.GetValue(json));
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Compare(DateOnly today)
    {
        var who = new Argument<string[]>("jurisdiction") { Description = "Codes or names of States, parts of States, organizations.", Arity = ArgumentArity.OneOrMore };
        var measures = MeasureOption();
        var asOf = CommonOptions.Date("--as-of", "Day as of which they are compared; today otherwise.");
        var all = new Option<bool>("--beyond-procurement") { Description = "Count entries that are not about public purchasing too." };
        var format = CompareFormat();
        var command = new Command("compare", "Hold jurisdictions side by side, measure by measure.\n  Example: palermo compendium compare DE FR NO US --as-of 2026-01-01") { who, measures, asOf, all, format };
        command.SetAction(parsed =>
        {
            var jurisdictions = parsed.GetValue(who)!.Select(Jurisdiction).ToArray();
            ComparisonWriter.Compare(CompendiumData.Shipped, RuleLibrary.Shipped.Measures, jurisdictions, Measures(parsed.GetValue(measures)), parsed.GetValue(asOf) ?? today, !parsed.GetValue(all), parsed.GetValue(format)!);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Gaps(DateOnly today)
    {
        var who = new Argument<string>("jurisdiction") { Description = "Code or name of a State or organization." };
        var peers = new Option<string[]>("--peers") { Description = "Hold it against these: what at least half of them have.", HelpName = "CODE", AllowMultipleArgumentsPerToken = true };
        var regimes = new Option<string[]>("--regimes") { Description = "Hold it against the harmonized set of these regimes (palermo harmonize).", HelpName = "ID", AllowMultipleArgumentsPerToken = true };
        var model = new Option<string>("--model") { Description = "Hold it against the measures of this entry.", HelpName = "ID", DefaultValueFactory = _ => "osce-model-guidelines-2018" };
        var asOf = CommonOptions.Date("--as-of", "Day as of which it is held; today otherwise.");
        var all = new Option<bool>("--beyond-procurement") { Description = "Count entries that are not about public purchasing too." };
        var format = CompareFormat();
        var command = new Command("gaps", "What a State or organization lacks of a model set, and which States have it.\n  Example: palermo compendium gaps FR --peers DE NL NO SE") { who, peers, regimes, model, asOf, all, format };
        command.SetAction(parsed =>
        {
            var day = parsed.GetValue(asOf) ?? today;
            var procurementOnly = !parsed.GetValue(all);
            var (set, said) = ModelSet.Of(CompendiumData.Shipped, RuleLibrary.Shipped, [.. (parsed.GetValue(peers) ?? []).Select(Jurisdiction)], parsed.GetValue(regimes) ?? [], parsed.GetValue(model)!, day, procurementOnly);
            ComparisonWriter.Gaps(CompendiumData.Shipped, RuleLibrary.Shipped.Measures, Jurisdiction(parsed.GetValue(who)!), set, said, day, procurementOnly, parsed.GetValue(format)!);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Count(DateOnly today)
    {
        var measures = new Argument<string[]>("measure") { Description = "Ids of measures; exclude-on-conviction, buyer-due-diligence and remediation otherwise.", Arity = ArgumentArity.ZeroOrMore };
        var from = new Option<int>("--from") { Description = "First year.", HelpName = "YEAR", DefaultValueFactory = _ => 2010 };
        var to = new Option<int>("--to") { Description = "Last year.", HelpName = "YEAR", DefaultValueFactory = _ => today.Year };
        var level = new Option<string>("--level") { Description = "state-or-territory, subnational or organization.", DefaultValueFactory = _ => "state-or-territory" };
        level.AcceptOnlyFromAmong("state-or-territory", "subnational", "organization");
        var all = new Option<bool>("--beyond-procurement") { Description = "Count entries that are not about public purchasing too." };
        var who = new Option<bool>("--who") { Description = "Name the jurisdictions of the last year." };
        var format = CompareFormat();
        var command = new Command("count", "How many States had a measure at the end of each year.\n  Example: palermo compendium count exclude-on-conviction --from 2014") { measures, from, to, level, all, who, format };
        command.SetAction(parsed =>
        {
            var (first, last) = (parsed.GetValue(from), parsed.GetValue(to));
            if (first < 1900 || last > 2100 || first > last)
            {
                throw new UsageException($"--from {first} --to {last}: years from 1900 to 2100 were expected, the first not after the last.");
            }

            var wanted = Measures(parsed.GetValue(measures));
            ComparisonWriter.Count(CompendiumData.Shipped, RuleLibrary.Shipped.Measures, wanted.Count > 0 ? wanted : ["exclude-on-conviction", "buyer-due-diligence", "remediation"], first, last, today, parsed.GetValue(level)!, !parsed.GetValue(all), parsed.GetValue(who), parsed.GetValue(format)!);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Export(DateOnly today)
    {
        var facets = new Facets();
        var words = new Option<string>("--words") { Description = "Only entries with these words.", HelpName = "WORDS", DefaultValueFactory = _ => "" };
        var format = new Option<string>("--format", "-f") { Description = "csv, json or html (to print, with citations).", DefaultValueFactory = _ => "csv" };
        format.AcceptOnlyFromAmong("csv", "json", "html");
        var output = CommonOptions.Output();
        var command = new Command("export", "Write entries as CSV, JSON or a page to print.\n  Example: palermo compendium export --format html --output compendium.html") { words, format, output };
        facets.AddTo(command);
        command.SetAction(parsed =>
        {
            var query = facets.Query(parsed, today, parsed.GetValue(words)!);
            var entries = new CompendiumSearch(CompendiumData.Shipped, RuleLibrary.Shipped.Measures).Find(query);
            using var written = CommonOptions.OpenOutput(parsed.GetValue(output));
            switch (parsed.GetValue(format))
            {
                case "json":
                    CompendiumJson.Json(written, entries, query.AsOf);
                    break;
                case "html":
                    CompendiumPage.Write(written, entries, RuleLibrary.Shipped.Measures, query.AsOf);
                    break;
                default:
                    CompendiumJson.Csv(written, entries, query.AsOf);
                    break;
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static Option<string[]> MeasureOption() => new("--measure") { Description = "Only this measure; again for more.", HelpName = "ID", AllowMultipleArgumentsPerToken = true };

    private static Option<string> CompareFormat()
    {
        var format = new Option<string>("--format", "-f") { Description = "markdown or json.", DefaultValueFactory = _ => "markdown" };
        format.AcceptOnlyFromAmong("markdown", "json");
        return format;
    }

    private static Jurisdiction Jurisdiction(string text) => CompendiumData.Shipped.FindJurisdiction(text) ?? throw new UsageException($"The compendium has no jurisdiction \"{text}\". palermo compendium list shows them all.");

    private static IReadOnlyList<string> Measures(string[]? ids)
    {
        foreach (var id in ids ?? [])
        {
            if (RuleLibrary.Shipped.Measures.Find(id) is null)
            {
                throw new UsageException($"There is no measure \"{id}\". There are {string.Join(", ", RuleLibrary.Shipped.Measures.All.Select(m => m.Id))}.");
            }
        }

        return ids ?? [];
    }

    private static string Near(string id)
    {
        // An id is mostly wrong in its last part.
        var search = new CompendiumSearch(CompendiumData.Shipped, RuleLibrary.Shipped.Measures);
        var parts = id.Split('-', StringSplitOptions.RemoveEmptyEntries);
        var near = Enumerable.Range(0, parts.Length).Select(drop => search.Find(new CompendiumQuery(string.Join(' ', parts.SkipLast(drop))))).FirstOrDefault(f => f.Count > 0)?.Take(3).Select(i => i.Id).ToArray() ?? [];
        return near.Length > 0 ? $"Did you mean {string.Join(", ", near)}?" : "palermo compendium search finds entries by words.";
    }

    /// <summary>The options by which entries are chosen.</summary>
    private sealed class Facets
    {
        private readonly Option<string[]> _jurisdiction = Many("--jurisdiction", "Only these States or organizations (codes or names).", "CODE");
        private readonly Option<bool> _parts = new("--with-parts") { Description = "A State takes in its parts." };
        private readonly Option<string[]> _kind = Many("--kind", "Only these kinds: law, regulation, policy, national-action-plan, guideline, contract-clause …", "KIND");
        private readonly Option<string[]> _measure = MeasureOption();
        private readonly Option<string[]> _sector = Many("--sector", "Only entries about these sectors: cotton, seafood, apparel, minerals, solar …", "SECTOR");
        private readonly Option<string[]> _step = Many("--step", "identify, prevent, mitigate or remedy.", "STEP");
        private readonly Option<string[]> _risk = Many("--risk", "trafficking, forced-labour or child-labour.", "RISK");
        private readonly Option<string[]> _status = Many("--status", "Where they stand on the day: in-force, adopted, not-yet, ended or unknown.", "STATUS");
        private readonly Option<string> _buyer = new("--buyer") { Description = "Only entries whose covered buyers contain this.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        private readonly Option<bool> _procurement = new("--procurement") { Description = "Only entries about public purchasing." };
        private readonly Option<DateOnly?> _asOf = CommonOptions.Date("--as-of", "Day as of which the standing counts; today otherwise.");

        public Option<bool> Json { get; } = NewJson();

        public static Option<bool> NewJson() => new("--json") { Description = "As JSON." };

        public void AddTo(Command command)
        {
            _status.AcceptOnlyFromAmong(s_standings);
            foreach (var option in new Option[] { _jurisdiction, _parts, _kind, _measure, _sector, _step, _risk, _status, _buyer, _procurement, _asOf })
            {
                command.Add(option);
            }
        }

        public bool IsEmpty(ParseResult parsed) =>
            new[] { _jurisdiction, _kind, _measure, _sector, _step, _risk, _status }.All(o => (parsed.GetValue(o) ?? []).Length == 0) && parsed.GetValue(_buyer) is "" or null && !parsed.GetValue(_procurement);

        public CompendiumQuery Query(ParseResult parsed, DateOnly today, string words)
        {
            var query = new CompendiumQuery(words)
            {
                Jurisdictions = [.. (parsed.GetValue(_jurisdiction) ?? []).Select(j => Jurisdiction(j).Code)],
                WithParts = parsed.GetValue(_parts),
                Kinds = Known(parsed.GetValue(_kind), CompendiumData.Shipped.Initiatives.Select(i => i.Kind), "kind"),
                Measures = Measures(parsed.GetValue(_measure)),
                Sectors = Known(parsed.GetValue(_sector), CompendiumData.Shipped.Initiatives.SelectMany(i => i.Sectors), "sector"),
                Steps = Known(parsed.GetValue(_step), CompendiumData.Shipped.Initiatives.SelectMany(i => i.Steps), "step"),
                Risks = Known(parsed.GetValue(_risk), CompendiumData.Shipped.Initiatives.SelectMany(i => i.Risks), "risk"),
                Standings = [.. (parsed.GetValue(_status) ?? []).Select(s => Wording.Standing(s))],
                Buyer = parsed.GetValue(_buyer) ?? "",
                ProcurementOnly = parsed.GetValue(_procurement),
                AsOf = parsed.GetValue(_asOf) ?? today,
            };
            return query;
        }

        private static Option<string[]> Many(string name, string description, string help) => new(name) { Description = description, HelpName = help, AllowMultipleArgumentsPerToken = true };

        private static string[] Known(string[]? values, IEnumerable<string> all, string what)
        {
            var known = all.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
            return values?.FirstOrDefault(v => !known.Contains(v)) is { } unknown
                ? throw new UsageException($"There is no {what} \"{unknown}\". There are {string.Join(", ", known)}.")
                : values ?? [];
        }
    }
}
