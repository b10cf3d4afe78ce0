using System.CommandLine;
using Palermo.Cli.Matching;
using Palermo.Matching;
using Palermo.Matching.Decisions;
using Palermo.Matching.Lists;

namespace Palermo.Cli.Commands;

/// <summary><c>palermo match</c>: names against exclusion lists, with reasons.</summary>
internal static class MatchCommand
{
    public static Command Create(TimeProvider clock)
    {
        var input = new Argument<string?>("input") { Description = "Parties: CSV or XLSX (columns are recognized by their names), or JSON Lines (FollowTheMoney entities, or objects with name, schema, country, address, date, identifier); - is standard input (JSON Lines).", Arity = ArgumentArity.ZeroOrOne };
        var name = new Option<string[]>("--name") { Description = "A name to look up, in any script; again for other names of the same party.", AllowMultipleArgumentsPerToken = false, HelpName = "NAME" };
        var country = new Option<string[]>("--country") { Description = "A country of the party of --name.", HelpName = "COUNTRY" };
        var identifier = new Option<string[]>("--identifier") { Description = "An identifier of the party of --name, as scheme:value.", HelpName = "ID" };
        var schema = new Option<string?>("--schema") { Description = "Person, Company, Organization or LegalEntity: what the party of --name is.", HelpName = "SCHEMA" };
        var pairs = new Option<string?>("--pairs") { Description = "JSON Lines with a and b, and where known schema and, for each, _address, _country, _date, _identifier, _phone: each pair is scored.", HelpName = "FILE" };
        var changed = new Option<string?>("--changed") { Description = "Look up the parties that the last edition of this list added or changed; with --list suppliers, a list of your own parties, this finds whom a new edition concerns.", HelpName = "ID" };
        var lists = new Option<string[]>("--list") { Description = "Id of a list to search; again for more; all lists otherwise.", HelpName = "ID" };
        var asOf = CommonOptions.Date("--as-of", "Use the editions that counted on this day.");
        var most = new Option<int>("--most") { Description = "Candidates for each party, at most.", DefaultValueFactory = _ => 5, HelpName = "N" };
        var least = new Option<string>("--least") { Description = "The least a candidate must be; clear shows what is improbable too, for measuring.", DefaultValueFactory = _ => "review" };
        least.AcceptOnlyFromAmong("clear", "review", "likely", "certain");
        var format = new Option<string>("--format", "-f") { Description = "table, jsonl or csv; table for --name, jsonl for files otherwise.", DefaultValueFactory = _ => "" };
        format.AcceptOnlyFromAmong("table", "jsonl", "csv");
        var output = CommonOptions.Output();
        var map = new Option<string?>("--map") { Description = "For tables: which column is what, as field=column;field=column.", HelpName = "MAP" };
        var decided = new Option<bool>("--with-decided") { Description = "Show candidates too that a human has ruled out." };
        var failOn = new Option<string?>("--fail-on") { Description = "Exit with 1 if a candidate is at least: review, likely or certain." };
        failOn.AcceptOnlyFromAmong("review", "likely", "certain");
        var data = ListsCommand.DataFolder();
        var threads = CommonOptions.Threads();
        var quiet = CommonOptions.Quiet();
        var command = new Command("match", """
            Look parties up in exclusion lists, whatever the script and spelling, and say why a listed party may be the same. A candidate is a reason to look, never a verdict.
              Example: palermo match --name "Hetian Taida Apparel" --list uflpa
              Example: palermo match suppliers.csv --list uflpa --list cbp-orders --output candidates.jsonl
              Example: palermo match --changed uflpa --list suppliers
              Example: palermo match --pairs labelled.jsonl --output scored.jsonl
            """) { input, name, country, identifier, schema, pairs, changed, lists, asOf, most, least, format, output, map, decided, failOn, data, threads, quiet };
        command.SetAction(p => Try(() =>
        {
            var chosen = new[] { p.GetValue(input), p.GetValue(pairs), p.GetValue(changed), p.GetValue(name) is { Length: > 0 } names ? names[0] : null }.Count(x => x is not null);
            if (chosen != 1)
            {
                throw new UsageException(chosen == 0 ? "Say whom to look up: a file of parties, --name NAME, or --pairs FILE." : "A file of parties, --name, --pairs and --changed exclude each other: choose one.");
            }

            var request = new MatchRequest
            {
                Input = p.GetValue(input), Pairs = p.GetValue(pairs), Changed = p.GetValue(changed), Output = p.GetValue(output), Format = p.GetValue(format)!, Map = p.GetValue(map) ?? "", Most = Math.Max(1, p.GetValue(most)), Least = Enum.Parse<MatchBand>(p.GetValue(least)!, true),
                FailOn = p.GetValue(failOn) is { } bar ? Enum.Parse<MatchBand>(bar, true) : null, Threads = p.GetValue(threads), Quiet = p.GetValue(quiet), WithDecided = p.GetValue(decided), AsOf = p.GetValue(asOf), Lists = p.GetValue(lists) ?? [], Data = p.GetValue(data),
                Party = p.GetValue(name) is { Length: > 0 } own ? new Party { Names = own, Kind = Palermo.Matching.Pairs.PairRow.KindOf(p.GetValue(schema)), Countries = p.GetValue(country) ?? [], Identifiers = p.GetValue(identifier) ?? [] } : null,
            };
            return new MatchRun(request, clock).Run();
        }));
        command.Add(Decide(clock));
        return command;
    }

    private static Command Decide(TimeProvider clock)
    {
        var name = new Option<string[]>("--name") { Description = "The party's name, as it is asked for.", Required = true, HelpName = "NAME" };
        var list = new Option<string>("--list") { Description = "The list.", Required = true, HelpName = "ID" };
        var id = new Option<string>("--id") { Description = "The listed party's id.", Required = true, HelpName = "ID" };
        var verdict = new Option<string>("--verdict") { Description = "match, not-a-match or unsure.", Required = true };
        verdict.AcceptOnlyFromAmong("match", "not-a-match", "unsure");
        var who = new Option<string>("--who") { Description = "Who decides.", Required = true };
        var why = new Option<string>("--why") { Description = "Why.", Required = true };
        var country = new Option<string[]>("--country") { Description = "A country of the party, as it is asked for.", HelpName = "COUNTRY" };
        var data = ListsCommand.DataFolder();
        var command = new Command("decide", """
            Keep a human decision about a candidate. It is honoured in later runs, and asked again when either side says something else.
              Example: palermo match decide --name "Camel Group" --list uflpa --id 00019-camelgroupcoltd --verdict not-a-match --who "A. Okoye" --why "another company: registered in Kenya"
            """) { name, list, id, verdict, who, why, country, data };
        command.SetAction(p => Try(() =>
        {
            var store = ListsCommand.Store(p.GetValue(data));
            ListsCommand.Known(store, p.GetValue(list)!);
            var listed = store.Parties(p.GetValue(list)!, null).FirstOrDefault(x => x.Id == p.GetValue(id)) ?? throw new UsageException($"The list {p.GetValue(list)} has no party with the id {p.GetValue(id)}; palermo match shows the ids of candidates.");
            var log = new DecisionLog(MatchRun.DecisionsOf(store));
            var decision = log.Add(new Party { Names = p.GetValue(name)!, Countries = p.GetValue(country) ?? [] }, p.GetValue(list)!, listed, p.GetValue(verdict) switch { "match" => Verdict.Match, "unsure" => Verdict.Unsure, _ => Verdict.NotAMatch }, p.GetValue(who)!, p.GetValue(why)!, clock.GetUtcNow());
            Console.Out.WriteLine($"Kept: \"{decision.Name}\" and {listed.Caption} ({decision.List} {decision.ListedId}): {p.GetValue(verdict)}, {decision.Who}: {decision.Why}");
            return ExitCode.Success;
        }));
        return command;
    }

    private static int Try(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"palermo: {e.Message}");
            return ExitCode.BadInput;
        }
    }
}
