using System.CommandLine;
using Palermo.Cli.Commands;
using Palermo.Cli.Rules;
using Palermo.Knowledge;
using Palermo.Knowledge.Clauses;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Drafting;
using Palermo.Prevent.Espd;
using Palermo.Prevent.Explaining;
using Palermo.Prevent.Facts;
using Palermo.Prevent.Gaps;
using Palermo.Prevent.Publishing;
using Palermo.Prevent.Rules;

namespace Palermo.Cli.Tender;

/// <summary>Options of the commands that draw up documents, and how they become an input.</summary>
internal sealed class TenderOptions
{
    public Argument<string?> Tender { get; } = new("tender") { Description = "A file of facts, or a published tender: OCDS, an eForms notice; - for standard input.", Arity = ArgumentArity.ZeroOrOne };

    public Option<string?> Ocid { get; } = new("--ocid") { Description = "The process, where the file holds several.", HelpName = "OCID" };

    public Option<string?> Output { get; } = new("--output", "-o") { Description = "Folder for the pack; without it, the brief and the officer's file go to standard output.", HelpName = "FOLDER" };

    public Option<string> Language { get; } = new("--lang") { Description = "Language of the documents: en, fr, es, or another that has texts.", HelpName = "CODE", DefaultValueFactory = _ => "en" };

    public Option<DateOnly?> AsOf { get; } = CommonOptions.Date("--as-of", "Judge as of this day, whatever days are published.");

    public Option<string[]> Fact { get; } = new("--fact") { Description = "A fact: name=value; again for more.", HelpName = "NAME=VALUE", AllowMultipleArgumentsPerToken = true };

    public Option<string[]> Set { get; } = new("--set") { Description = "Value of an open place: buyer.name=\"…\", fees.repay-days=20, contract.start=2026-09-01; again for more.", HelpName = "NAME=VALUE", AllowMultipleArgumentsPerToken = true };

    public Option<string[]> Pack { get; } = RulesCommand.PackOption();

    public Option<string?> Texts { get; } = new("--texts") { Description = "Folder with texts of your own, laid over those shipped: FOLDER/en/*.md. A new folder is a new language.", HelpName = "FOLDER" };

    public Option<string[]> Include { get; } = new("--include") { Description = "A text or question that neither rule nor risk calls for.", HelpName = "ID", AllowMultipleArgumentsPerToken = true };

    public Option<string[]> Exclude { get; } = new("--exclude") { Description = "A text or question to leave out.", HelpName = "ID", AllowMultipleArgumentsPerToken = true };

    public Option<string?> Form { get; } = new("--form") { Description = "light or full; risk and value decide otherwise.", HelpName = "FORM" };

    public Option<string> Sdk { get; } = new("--sdk") { Description = "Version of the eForms SDK for the notice's fields: 1.3 to 1.15.", HelpName = "VERSION", DefaultValueFactory = _ => "1.15" };

    public TenderOptions() => Form.AcceptOnlyFromAmong("light", "full");

    public void AddTo(Command command)
    {
        command.Add(Tender);
        foreach (var option in new Option[] { Ocid, Output, Language, AsOf, Fact, Set, Pack, Texts, Include, Exclude, Form, Sdk })
        {
            command.Add(option);
        }
    }

    /// <summary>Rules with the buyer's own packs.</summary>
    public RuleLibrary Rules(ParseResult parsed) => RulesRequest.Library(parsed.GetValue(Pack) ?? []);

    /// <summary>What is known of the tender, the command line's facts and values laid over it; screened.</summary>
    public (TenderInput Input, DraftInput Draft) Read(ParseResult parsed, RuleLibrary rules, TenderInput input, DateOnly today)
    {
        var facts = RulesRequest.With(input.Facts, rules, parsed.GetValue(Fact) ?? [], parsed.GetValue(AsOf));
        facts = facts with { FillIns = FillIns(facts, parsed.GetValue(Set) ?? []) };
        return (input, Draft(parsed, rules, input, facts, today));
    }

    /// <summary>Judges and screens facts into the input of a pack.</summary>
    public DraftInput Draft(ParseResult parsed, RuleLibrary rules, TenderInput input, TenderFacts facts, DateOnly today) =>
        Preparation.Of(facts, input.Assessment, input.Published, new RuleEngine(rules), Clauses(parsed), today) with
        {
            Language = parsed.GetValue(Language)!,
            Light = parsed.GetValue(Form) switch { "light" => true, "full" => false, _ => null },
            Include = parsed.GetValue(Include) ?? [],
            Exclude = parsed.GetValue(Exclude) ?? [],
        };

    /// <summary>Minor version of the eForms SDK.</summary>
    public int Minor(ParseResult parsed) =>
        EformsFragment.Minor(parsed.GetValue(Sdk)!) ?? throw new UsageException($"--sdk {parsed.GetValue(Sdk)}: a version from 1.3 to 1.15 was expected, such as 1.12.");

    /// <summary>When the pack is issued: now, or at midnight of the day it is judged as of.</summary>
    public DateTimeOffset Issued(ParseResult parsed, DraftInput draft, TimeProvider clock) =>
        parsed.GetValue(AsOf) is not null || draft.Facts.AsOf is not null ? new DateTimeOffset(draft.Day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : clock.GetUtcNow();

    /// <summary>Draws up the pack; what does not fit is wrong usage.</summary>
    public static TenderPack DrawUp(DraftInput input)
    {
        if (input.Facts.FillIns.TryGetValue("tender.procedure", out var procedure) && !EspdRequestWriter.Procedures.Contains(procedure))
        {
            throw new UsageException($"tender.procedure is \"{procedure}\"; it is one of {string.Join(", ", EspdRequestWriter.Procedures)}.");
        }

        try
        {
            return TenderPack.Draft(input);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }
    }

    public ClauseLibrary Clauses(ParseResult parsed)
    {
        if (parsed.GetValue(Texts) is not { } folder)
        {
            return ClauseLibrary.Shipped;
        }

        if (!Directory.Exists(folder))
        {
            throw new UsageException($"--texts {folder}: there is no such folder.");
        }

        var (library, problems) = ClauseLibrary.Shipped.With(folder);
        return library ?? throw new BadInputException(problems);
    }

    private static Dictionary<string, string> FillIns(TenderFacts facts, IReadOnlyList<string> given)
    {
        var all = new Dictionary<string, string>(facts.FillIns, StringComparer.Ordinal);
        foreach (var text in given)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            all[at > 0 ? text[..at].Trim() : throw new UsageException($"--set {text}: a name and a value were expected: --set fees.repay-days=20.")] = text[(at + 1)..].Trim();
        }

        return all;
    }
}
