using System.CommandLine;
using Palermo.Cli.Rules;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Harmonizing;
using Palermo.Prevent.Rules;

namespace Palermo.Cli.Commands;

/// <summary><c>palermo harmonize</c>: one set of bidding rules out of several regimes.</summary>
internal static class HarmonizeCommand
{
    public static Command Create(TimeProvider clock)
    {
        var regimes = new Argument<string[]>("regime") { Description = "Ids of regimes (palermo rules --regimes lists them). With --tender, only these of those that bind it.", Arity = ArgumentArity.ZeroOrMore };
        var tender = new Option<string?>("--tender") { Description = "Join what binds this tender: a file of facts or a published tender.", HelpName = "FILE" };
        var ocid = new Option<string?>("--ocid") { Description = "The process, where the file holds several.", HelpName = "OCID" };
        var fact = new Option<string[]>("--fact") { Description = "A fact: name=value; again for more.", HelpName = "NAME=VALUE", AllowMultipleArgumentsPerToken = true };
        var asOf = CommonOptions.Date("--as-of", "Day as of which regimes count; today otherwise.");
        var pack = RulesCommand.PackOption();
        var format = new Option<string>("--format", "-f") { Description = "markdown or json.", DefaultValueFactory = _ => "markdown" };
        format.AcceptOnlyFromAmong("markdown", "json");
        var output = CommonOptions.Output();
        var command = new Command("harmonize", """
            Join several regimes into one set of bidding rules: per measure the strongest modality and the strictest parameters, each
            demand traceable to its regimes, conflicts with both citations, and what the common set costs each regime in addition.
              Example: palermo harmonize uk-pa2023-exclusion us-far-22.17 wb-esf-ess2
              Example: palermo harmonize --tender tender-facts.json
            """) { regimes, tender, ocid, fact, asOf, pack, format, output };
        command.SetAction(parsed =>
        {
            try
            {
                var library = RulesRequest.Library(parsed.GetValue(pack) ?? []);
                var only = RulesRequest.Regimes(parsed.GetValue(regimes) ?? [], library);
                var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
                var day = parsed.GetValue(asOf) ?? today;
                var (set, said) = parsed.GetValue(tender) is { } path
                    ? OfTender(library, only, TenderInput.Read(path, parsed.GetValue(ocid), library, today), parsed.GetValue(fact) ?? [], parsed.GetValue(asOf))
                    : OfRegimes(library, only, day);
                using var written = CommonOptions.OpenOutput(parsed.GetValue(output));
                HarmonizedWriter.Write(written, set, said, parsed.GetValue(format) == "json");
                return ExitCode.Success;
            }
            catch (BadInputException e)
            {
                return RulesCommand.Tell(e);
            }
        });
        return command;
    }

    private static (HarmonizedSet Set, string Said) OfRegimes(RuleLibrary library, HashSet<string>? only, DateOnly day)
    {
        if (only is null)
        {
            throw new UsageException("Name regimes, or a tender with --tender. palermo rules --regimes lists them.");
        }

        var packs = library.Packs.Where(p => only.Contains(p.Id)).ToArray();
        foreach (var pack in packs.Where(p => p.From > day || p.To < day))
        {
            Console.Error.WriteLine($"palermo: {pack.Id} is not in force on {day:yyyy-MM-dd} ({pack.From:yyyy-MM-dd} to {pack.To?.ToString("yyyy-MM-dd", null) ?? "open"}); it is joined all the same.");
        }

        return (new HarmonizedSet(library.Measures, packs.SelectMany(p => p.Obligations.Cast<Provision>().Concat(p.Determinations).SelectMany(o => Demand.Of(p, o)))), $"All provisions of {string.Join(", ", packs.Select(p => p.Pin))}, whatever their conditions");
    }

    private static (HarmonizedSet Set, string Said) OfTender(RuleLibrary library, HashSet<string>? only, TenderInput input, string[] given, DateOnly? asOf)
    {
        var facts = RulesRequest.With(input.Facts, library, given, asOf);
        var engine = new RuleEngine(library);
        var sheet = engine.NewSheet();
        sheet.Load(facts);
        var ruling = Prevent.Explaining.RulingMaker.Make(engine, sheet, only);
        var binding = ruling.Packs.Where(p => p.Applies == Truth.True).ToArray();
        var open = ruling.Packs.Where(p => p.Applies == Truth.Unknown).Select(p => p.Pack.Id).ToArray();
        if (open.Length > 0)
        {
            Console.Error.WriteLine($"palermo: not settled whether {string.Join(", ", open)} bind{(open.Length == 1 ? "s" : "")}; palermo rules says what would settle it. {(open.Length == 1 ? "It is" : "They are")} left out.");
        }

        // What a regime says on exclusion belongs to the set whether or not a supplier is known yet.
        return (new HarmonizedSet(library.Measures, binding.SelectMany(p => p.Provisions.Where(o => o.Result == Truth.True || (o.Provision is Determination && o.Result != Truth.False)).SelectMany(o => Demand.Of(p.Pack, o.Provision)))), $"What binds {input.Name}: {(binding.Length == 0 ? "nothing" : string.Join(", ", binding.Select(p => p.Pack.Pin)))}");
    }
}
