using System.Globalization;
using Palermo.Knowledge.Clauses;
using Palermo.Prevent.Drafting;
using Palermo.Prevent.Drafting.Model;

namespace Palermo.Prevent.Bids;

/// <summary>Sets the assessment of bids as documents: the report for the file, and the letters to bidders.</summary>
public sealed class BidReport
{
    private readonly TenderPack _pack;
    private readonly Words _words;
    private readonly IReadOnlyList<BidAssessment> _bids;

    /// <summary>Prepares the documents of a pack's bids.</summary>
    public BidReport(TenderPack pack, IReadOnlyList<BidAssessment> bids)
    {
        ArgumentNullException.ThrowIfNull(pack);
        (_pack, _bids) = (pack, bids);
        _words = new Words(pack.Input.Clauses.Languages[pack.Input.Language], pack.Input.Catalogue);
    }

    /// <summary>The report.</summary>
    public DraftDocument Report()
    {
        var builder = new DocumentBuilder(_words, _pack.FillIns);
        builder.Note(_words["bids.note"]);
        Overview(builder);
        Equal(builder);
        foreach (var bid in _bids)
        {
            One(builder, bid);
        }

        Scores(builder);
        return new DraftDocument("bids", _words["bids.title"], Titles.Of(_pack, _words), _words.Code, Titles.Footer(_pack, _words), builder.Blocks);
    }

    /// <summary>Letters: an invitation to be heard for each bidder that a ground may apply to, a request to explain for each price that is low.</summary>
    public IReadOnlyList<DraftDocument> Letters()
    {
        var letters = new List<DraftDocument>();
        for (var i = 0; i < _bids.Count; i++)
        {
            var number = (i + 1).ToString(CultureInfo.InvariantCulture);
            var heard = _bids[i].Grounds.Where(g => g.State is GroundState.ToBeHeard or GroundState.Unknown).Select(Ground).Concat(OwnGround(_bids[i])).ToArray();
            if (heard.Length > 0)
            {
                letters.Add(Letter("letter.hearing", $"letter-hearing-{number}", _bids[i], "letter.facts", heard));
            }

            if (_bids[i].LowPrices.Count > 0)
            {
                letters.Add(Letter("letter.low-bid", $"letter-low-bid-{number}", _bids[i], "letter.arithmetic", [.. _bids[i].LowPrices.Select(l => (IReadOnlyList<Run>)[Arithmetic(l, _bids[i].Bid.Currency)])]));
            }
        }

        return letters;
    }

    private DraftDocument Letter(string text, string id, BidAssessment bid, string heading, IReadOnlyList<IReadOnlyList<Run>> points)
    {
        var builder = new DocumentBuilder(_words, _pack.FillIns);
        var own = _words.Text(text);
        builder.Paragraph(_words["letter.to"] + " ", new Run(RunKind.Strong, bid.Bid.Bidder));
        builder.Plain(own.Main, new DraftTag(text, []));
        builder.Paragraph(new Run(RunKind.Strong, _words[heading]));
        builder.Points(points);
        return new DraftDocument(id, own.Title, "", _words.Code, Titles.Footer(_pack, _words), builder.Blocks);
    }

    private IReadOnlyList<Run> Ground(JudgedGround ground)
    {
        var foreign = _words.Code == "en" ? RunKind.Text : RunKind.Foreign;
        return [.. Titles.Cited(ground.Determination, _words), $" [{ground.Determination.Id}, {ground.Pack.Pin}]: ", new Run(foreign, ground.Reason.TrimEnd('.') + ".", foreign == RunKind.Foreign ? "en" : "")];
    }

    private void Overview(DocumentBuilder builder)
    {
        builder.Part(_words["bids.overview"]);
        builder.Table(_words["bids.overview"], [_words["column.bidder"], _words["column.answered"], _words["column.incomplete"], _words["column.evidence-missing"], _words["column.inconsistent"], _words["column.grounds"], _words["column.price"], _words["column.score"]], [22, 11, 11, 11, 11, 10, 14, 10],
            [.. _bids.Select(b => (IReadOnlyList<IReadOnlyList<Run>>)
            [
                [new Run(RunKind.Strong, b.Bid.Bidder)],
                [$"{b.Answers.Count(a => a.State is AnswerState.Answered or AnswerState.NotKnown)}/{b.Answers.Count(a => a.State != AnswerState.NotAsked)}"],
                [b.Incomplete.Count.ToString(CultureInfo.InvariantCulture)],
                [b.Answers.Count(a => a.LacksEvidence).ToString(CultureInfo.InvariantCulture)],
                [b.Inconsistent.Count.ToString(CultureInfo.InvariantCulture)],
                [(b.Grounds.Count(g => g.State != GroundState.Cleaned) + b.OtherGrounds.Count).ToString(CultureInfo.InvariantCulture) + (b.Admitted.Count > 0 && b.Grounds.Count == 0 ? " ?" : "")],
                [(b.Bid.Price is { } price ? _words.Amount(price, b.Bid.Currency) : "–") + (b.LowPrices.Count > 0 ? " ?" : "")],
                [b.Score is { } score ? _words.Number(score) : _pack.Questionnaire.Weight == 0 ? "–" : _words["bids.pending"]],
            ])]);
    }

    private void Equal(DocumentBuilder builder)
    {
        builder.Part(_words["bids.equal"]);
        builder.Paragraph(_words.Say("bids.equal.same", _bids.Count, _pack.Questionnaire.Questions.Count, _pack.Questionnaire.Hash));
        var points = new List<IReadOnlyList<Run>>();
        foreach (var bid in _bids)
        {
            if (bid.Bid.Answers.Count == 0)
            {
                points.Add([_words.Say("bids.equal.none", bid.Bid.Bidder)]);
            }
            else if (bid.SameQuestionnaire != true)
            {
                points.Add([bid.SameQuestionnaire == false ? _words.Say("bids.equal.other", bid.Bid.Bidder, bid.Bid.Questionnaire) : _words.Say("bids.equal.unsaid", bid.Bid.Bidder)]);
            }

            if (bid.NotAsked.Count > 0)
            {
                points.Add([_words.Say("bids.not-asked", bid.Bid.Bidder, string.Join(", ", bid.NotAsked))]);
            }
        }

        builder.Points(points);
    }

    private void One(DocumentBuilder builder, BidAssessment bid)
    {
        builder.Part(bid.Bid.Bidder);
        builder.Note(_words["bids.files"] + " " + string.Join(", ", bid.Bid.Files.Select(Path.GetFileName)));
        List(builder, "bids.incomplete", bid.Incomplete.Select(a => (IReadOnlyList<Run>)[Title(a), ": " + (a.State == AnswerState.Missing ? _words["bids.missing"] : _words.Say("bids.unreadable", a.Text, _words["answer." + a.Question.Question.Answer.ToString().ToLowerInvariant()]))]));
        List(builder, "bids.evidence", bid.Answers.Where(a => a.LacksEvidence).Select(a => (IReadOnlyList<Run>)[Title(a)]));
        List(builder, "bids.not-known", bid.Answers.Where(a => a.State == AnswerState.NotKnown).Select(a => (IReadOnlyList<Run>)[Title(a)]));
        List(builder, "bids.inconsistent", bid.Inconsistent.Select(r => (IReadOnlyList<Run>)[new Run(RunKind.Strong, _words.Text(r.Id).Title + ". "), string.Join(' ', _words.Text(r.Id).Main.Select(p => p.Text))]));
        if (bid.Grounds.Count > 0)
        {
            builder.Table(_words["bids.grounds"], [_words["column.state"], _words["column.modality"], _words["column.rule"]], [28, 20, 52],
                [.. bid.Grounds.Select(g => (IReadOnlyList<IReadOnlyList<Run>>)[[new Run(RunKind.Strong, _words["ground." + g.State.ToString().ToLowerInvariant()]), g.Needs.Count > 0 && g.State == GroundState.Unknown ? $" ({string.Join(", ", g.Needs)})" : ""], [_words["kind." + g.Determination.Kind]], Ground(g)])]);
        }
        else
        {
            builder.Paragraph(_words[bid.Admitted.Count > 0 ? "bids.grounds.outside" : bid.Answers.Any(a => a is { Question.Question.Kind: QuestionKind.Exclusion, State: AnswerState.Missing or AnswerState.Unreadable or AnswerState.NotKnown }) ? "bids.grounds.silent" : "bids.grounds.none"]);
        }

        List(builder, "bids.admitted", bid.Admitted.Select(a => (IReadOnlyList<Run>)[Said(bid, a)]));
        List(builder, "bids.grounds.other", bid.OtherGrounds.Select(g => (IReadOnlyList<Run>)[g]));
        List(builder, "bids.low", bid.LowPrices.Select(l => (IReadOnlyList<Run>)[Arithmetic(l, bid.Bid.Currency)]));
    }

    // The ground of the buyer's own, where the documents have it and no rule gives one.
    private IEnumerable<IReadOnlyList<Run>> OwnGround(BidAssessment bid) =>
        bid.Admitted.Count > 0 && _pack.Texts.Any(t => t.Block.Id == "exclusion.own-policy")
            ? [[new Run(RunKind.Strong, _words.Text("exclusion.own-policy").Title + ": "), string.Join("; ", bid.Admitted.Select(a => Said(bid, a)))]]
            : [];

    private string Said(BidAssessment bid, Admission admission)
    {
        var title = admission.Subject.StartsWith("espd.", StringComparison.Ordinal)
            ? "ESPD: " + bid.Bid.Espd!.Grounds.First(g => g.Code == admission.Subject[5..]).Name
            : _words.Text(admission.Subject).Title;
        return $"{title}: {_words["yes"]}{(admission.Day is { } day ? ", " + _words.Day(day) : "")}";
    }

    private Run Title(JudgedAnswer answer) => new(RunKind.Text, _words.Text(answer.Question.Question.Id).Title);

    private void List(DocumentBuilder builder, string heading, IEnumerable<IReadOnlyList<Run>> points)
    {
        var all = points.ToArray();
        if (all.Length > 0)
        {
            builder.Paragraph(new Run(RunKind.Strong, _words[heading]));
            builder.Points(all);
        }
    }

    private string Arithmetic(LowPrice low, string currency)
    {
        string Money(decimal amount) => _words.Amount(amount, currency);
        string Percent(decimal share) => _words.Number(decimal.Round(share * 100, 1));
        return low.Kind switch
        {
            "others" => _words.Say("low.others", Money(low.Price), Money(low.Reference), low.Others.Count, Money(low.Others[0]), Money(low.Others[^1]), Percent(low.Price / low.Reference), Percent(low.Limit)),
            "estimate" => _words.Say("low.estimate", Money(low.Price), Money(low.Reference), Percent(low.Price / low.Reference), Percent(low.Limit)),
            _ => _words.Say("low.labour", _words.Number(low.Hours), Money(low.HourlyCost), Money(low.Reference), Money(low.Price), Money(low.Reference - low.Price)),
        };
    }

    private void Scores(DocumentBuilder builder)
    {
        builder.Part(_words["bids.scores"]);
        if (_pack.Questionnaire.Weight == 0)
        {
            builder.Paragraph(_words["bids.scores.none"]);
            return;
        }

        builder.Paragraph(_words.Say("bids.scores.formula", Questionnaire.HighestMark, _pack.Questionnaire.Points, _pack.Questionnaire.Weight));
        var scored = _pack.Questionnaire.Questions.Where(q => q.Question.Points > 0).ToArray();
        builder.Table(_words["bids.scores"], [_words["column.bidder"], _words["column.question"], _words["column.points"], _words["column.mark"], _words["column.why"]], [22, 28, 8, 14, 28],
            [.. _bids.SelectMany(b => b.Answers.Where(a => a.Question.Question.Points > 0 && a.State != AnswerState.NotAsked).Select(a => (IReadOnlyList<IReadOnlyList<Run>>)
            [
                [b.Bid.Bidder],
                [Title(a)],
                [_words.Number(a.Question.Question.Points)],
                [a.Mark is { } mark ? _words.Number(mark) : a.Marks.Count > 0 ? $"{string.Join(" / ", a.Marks.Select(m => m.Value))}: {_words["bids.differ"]}" : _words["bids.pending"]],
                [string.Join("; ", a.Marks.Where(m => m.Reason.Length > 0).Select(m => $"{m.Evaluator}: {m.Reason}"))],
            ]))]);
    }
}
