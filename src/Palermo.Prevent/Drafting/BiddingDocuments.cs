using System.Globalization;
using Palermo.Knowledge.Clauses;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Drafting.Model;
using Palermo.Prevent.Harmonizing;

namespace Palermo.Prevent.Drafting;

/// <summary>What goes out to bidders: grounds, criteria, schedule, questionnaire, templates, calendar, and what each of it rests on.</summary>
internal sealed class BiddingDocuments(TenderPack pack, Words words)
{
    private static readonly string[] s_groups = ["company", "risk", "chain", "recruitment", "terms", "voice", "remedy"];
    private readonly DocumentBuilder _builder = new(words, pack.FillIns);

    public DraftDocument Write()
    {
        _builder.Note(words["documents.note"]);
        Exclusion();
        TextPart("selection", "part.selection");
        Award();
        TextPart("contract", "part.contract");
        Questionnaire();
        Templates();
        Calendar();
        Annex();
        return new DraftDocument("bidding-documents", words["documents.title"], Titles.Of(pack, words), words.Code, Titles.Footer(pack, words), _builder.Blocks);
    }

    private ChosenText[] Of(string part) => [.. pack.Texts.Where(t => t.Block.Part == part)];

    private void TextPart(string part, string title)
    {
        if (Of(part) is not { Length: > 0 } texts)
        {
            return;
        }

        _builder.Part(words[title], newPage: part == "contract");
        foreach (var text in texts)
        {
            _builder.Text(text);
            if (text.Block.Id == "contract.official-clauses")
            {
                Official();
            }
        }
    }

    private void Exclusion()
    {
        var texts = Of("exclusion");
        if (texts.Length == 0)
        {
            return;
        }

        _builder.Part(words["part.exclusion"]);
        foreach (var text in texts)
        {
            _builder.Text(text);
            if (text.Block.Id == "exclusion.introduction")
            {
                Grounds();
            }
        }
    }

    private void Grounds()
    {
        var rows = new List<IReadOnlyList<IReadOnlyList<Run>>>();
        // A pack may state a ground as a duty to announce it and as a determination: the determination says more.
        foreach (var group in pack.Demands.Where(d => d.Demand.Use.Id is "exclude-on-conviction" or "exclude-on-breach" or "exclude-on-fine" or "exclude-on-missing-due-diligence" or "debarment" or "refuse-award").GroupBy(d => (d.Demand.Pack.Id, d.Demand.Use.Id)))
        {
            var determinations = group.Where(d => d.Demand.Provision is Determination).ToArray();
            foreach (var demand in determinations.Length > 0 ? determinations : [.. group])
            {
                rows.Add(Ground(demand.Demand));
            }
        }

        if (rows.Count == 0)
        {
            _builder.Note(words["grounds.none"]);
        }

        _builder.Table(words["grounds.caption"], [words["column.ground"], words["column.modality"], words["column.look-back"], words["column.self-cleaning"], words["column.rule"]], [24, 15, 17, 14, 30], rows, new DraftTag("grounds", []));
    }

    private IReadOnlyList<IReadOnlyList<Run>> Ground(Demand demand)
    {
        var measure = pack.Input.Rules.Measures.Find(demand.Use.Id)!;
        var years = demand.Use.Parameters.FirstOrDefault(p => p.Key is "lookBackYears" or "years").Value;
        var others = demand.Provision.Measures.Select(m => m.Id).Concat(pack.Demands.Where(d => d.Demand.Pack.Id == demand.Pack.Id).Select(d => d.Demand.Use.Id)).ToHashSet(StringComparer.Ordinal);
        var cleaning = demand.Provision.Measures.Any(m => m.Id == "no-self-cleaning") || (others.Contains("no-self-cleaning") && !others.Contains("self-cleaning")) ? "cleaning.no" : others.Contains("self-cleaning") ? "cleaning.yes" : "cleaning.unsaid";
        return
        [
            [words.Measure(measure)],
            [words[demand.Provision is Determination d ? "kind." + d.Kind : "strength." + demand.Strength.ToString().ToLowerInvariant()]],
            [years is null ? words["look-back.unsaid"] : words.Say("look-back.years", words.Number(years.Number))],
            [words[cleaning]],
            [$"{demand.Pack.Title}: ", .. Titles.Cited(demand.Provision, words), $" [{demand.Provision.Id}, {demand.Pack.Pin}]"],
        ];
    }

    private void Official()
    {
        var clauses = pack.Demands.Select(d => d.Demand.Provision).OfType<Obligation>().DistinctBy(o => o.Id).SelectMany(o => o.Clauses.Select(c => (o, c)))
            .GroupBy(p => (p.c.Id, p.c.Edition)).OrderBy(g => g.Key.Id, StringComparer.Ordinal);
        _builder.Table(words["official.caption"], [words["column.clause"], words["column.title"], words["column.edition"], words["column.rule"]], [18, 42, 15, 25],
            [.. clauses.Select(g => (IReadOnlyList<IReadOnlyList<Run>>)[[g.Key.Id], [new Run(words.Code == "en" ? RunKind.Text : RunKind.Foreign, g.First().c.Title, words.Code == "en" ? "" : "en")], [g.Key.Edition ?? words["look-back.unsaid"]], [string.Join("; ", g.Select(p => $"{p.o.Citation} [{p.o.Id}]"))]])]);
    }

    private void Award()
    {
        if (Of("award") is not { Length: > 0 } texts)
        {
            return;
        }

        _builder.Part(words["part.award"]);
        foreach (var text in texts)
        {
            _builder.Text(text);
            if (text.Block.Id == "award.criterion")
            {
                var limit = pack.FillIns["award.weight"];
                _builder.Note(limit.Demands.Count > 0 ? words.Say("award.ceiling", string.Join("; ", limit.Demands.Select(d => $"{d.Provision.Citation} [{d.Provision.Id}]"))) : words.Say("award.ceiling.own", limit.FillIn.Maximum!.Value));
                _builder.Table(words["award.points"], [words["column.question"], words["column.points"]], [80, 20],
                    [.. pack.Questionnaire.Questions.Where(q => q.Question.Points > 0).Select(q => (IReadOnlyList<IReadOnlyList<Run>>)[[words.Text(q.Question.Id).Title], [words.Number(q.Question.Points)]])]);
                _builder.Paragraph(words.Say("award.formula", pack.Questionnaire.Points, Drafting.Questionnaire.HighestMark));
            }
        }
    }

    private void Questionnaire()
    {
        var questionnaire = pack.Questionnaire;
        if (questionnaire.Questions.Count == 0)
        {
            return;
        }

        _builder.Part(words["part.questionnaire"], newPage: true);
        _builder.Paragraph(words.Say("questionnaire.introduction", questionnaire.Questions.Count));
        _builder.Paragraph(words["questionnaire.honesty"]);
        if (questionnaire.Weight == 0 && questionnaire.Points > 0)
        {
            _builder.Paragraph(words["questionnaire.unscored"]);
        }

        _builder.Paragraph(words["questionnaire.hash"] + " ", new Run(RunKind.Strong, questionnaire.Hash));
        _builder.Paragraph(words["questionnaire.bidder"] + " ", new Run(RunKind.Answer, words["answer.here"], "bidder.name"));
        _builder.Paragraph(words["questionnaire.price"] + " ", new Run(RunKind.Answer, words["answer.here"], "bid.price"));
        var number = 0;
        foreach (var group in s_groups)
        {
            var questions = questionnaire.Questions.Where(q => q.Question.Group == group).ToArray();
            if (questions.Length == 0)
            {
                continue;
            }

            _builder.Section(words["group." + group]);
            _builder.Table(words["group." + group], [words["column.number"], words["column.question"], words["column.kind"], words["column.answer"]], [8, 44, 18, 30],
                [.. questions.Select(q => Row(q, ++number))], new DraftTag("questionnaire", []));
        }
    }

    private IReadOnlyList<IReadOnlyList<Run>> Row(ChosenQuestion chosen, int number)
    {
        var question = chosen.Question;
        var text = words.Text(question.Id);
        var kind = words["answer." + question.Answer.ToString().ToLowerInvariant()] + "; " + words["question." + question.Kind.ToString().ToLowerInvariant()];
        if (question.Points > 0 && pack.Questionnaire.Weight > 0)
        {
            kind += " " + words.Say("question.points", question.Points);
        }

        if (question.Evidence)
        {
            kind += "; " + words["question.evidence"];
        }

        if (question.When is { } when)
        {
            kind += "; " + words.Say("question.when", words.Text(when.Left[0]).Title, when.Sign.ToString(), when.Right is "yes" or "no" ? words[when.Right] : when.Right);
        }

        return
        [
            [number.ToString(CultureInfo.InvariantCulture)],
            [new Run(RunKind.Strong, text.Title + ". "), .. _builder.Runs(string.Join(' ', text.Main.Select(p => p.Text)))],
            [kind],
            [new Run(RunKind.Answer, words["answer.here"], question.Id)],
        ];
    }

    private void Templates()
    {
        if (Of("plan") is { Length: > 0 } plan)
        {
            _builder.Part(words["part.plan"], newPage: true);
            foreach (var text in plan)
            {
                _builder.Text(text);
            }
        }

        if (Of("certificate") is { Length: > 0 } certificate)
        {
            _builder.Part(words["part.certificate"], newPage: true);
            _builder.Text(certificate[0]);
        }

        if (Of("notice") is { Length: > 0 } notice)
        {
            _builder.Part(words["part.notice"], newPage: true);
            _builder.Text(notice[0]);
        }
    }

    private void Calendar()
    {
        if (pack.Calendar.Count == 0)
        {
            return;
        }

        _builder.Part(words["part.calendar"]);
        CalendarTable.Write(_builder, pack, words, pack.Calendar.Where(c => c.Entry.Anchor != "notice"));
    }

    private void Annex()
    {
        _builder.Part(words["part.annex"], newPage: true);
        _builder.Paragraph(words["annex.introduction"]);
        AnnexTable.Write(_builder, pack, words);
    }
}
