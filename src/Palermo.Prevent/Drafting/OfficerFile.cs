using System.Globalization;
using Palermo.Knowledge.Rules;
using Palermo.Prevent.Drafting.Model;
using Palermo.Prevent.Explaining;
using Palermo.Prevent.Gaps;
using Palermo.Prevent.Rules;

namespace Palermo.Prevent.Drafting;

/// <summary>The buyer's own file: obligations by phase with citations and deadlines, what to weigh, values chosen, calendar, what is still unknown.</summary>
internal sealed class OfficerFile(TenderPack pack, Words words)
{
    private static readonly string[] s_phases = ["planning", "tender-design", "selection", "award", "performance", "post-contract"];
    private readonly DocumentBuilder _builder = new(words, pack.FillIns);

    public DraftDocument Write()
    {
        Regimes();
        Obligations();
        Gaps();
        Weigh();
        Values();
        _builder.Part(words["part.calendar"]);
        CalendarTable.Write(_builder, pack, words, pack.Calendar);
        Unknown();
        return new DraftDocument("officer-file", words["officer.title"], Titles.Of(pack, words), words.Code, Titles.Footer(pack, words), _builder.Blocks);
    }

    private void Regimes()
    {
        _builder.Part(words["officer.regimes"]);
        var binding = pack.Input.Ruling.Packs.Where(p => p.Applies == Truth.True).ToArray();
        if (binding.Length == 0)
        {
            _builder.Paragraph(words["officer.regimes.none"]);
        }

        _builder.Points([.. binding.Select(p => (IReadOnlyList<Run>)[Foreign(p.Pack.Title, strong: true), $" ({p.Pack.Pin}). ", .. p.Pack.Uncertain.Count > 0 ? new Run[] { words["uncertain"] + " ", Foreign(string.Join("; ", p.Pack.Uncertain)) } : []])]);
        var open = pack.Input.Ruling.Packs.Where(p => p.Applies == Truth.Unknown).ToArray();
        if (open.Length > 0)
        {
            _builder.Paragraph(words["officer.regimes.open"]);
            _builder.Points([.. open.Select(p => (IReadOnlyList<Run>)[Foreign(p.Pack.Title), ": " + words.Say("officer.needs", string.Join(", ", p.Needs.Take(4)))])]);
        }

        _builder.Note(words["no-advice"]);
    }

    private void Obligations()
    {
        _builder.Part(words["officer.obligations"]);
        var binding = pack.Input.Ruling.Packs.Where(p => p.Applies == Truth.True)
            .SelectMany(p => p.Provisions.Where(o => o is { Provision: Obligation, Result: Truth.True }).Select(o => (p.Pack, Obligation: (Obligation)o.Provision))).ToArray();
        foreach (var phase in s_phases)
        {
            var of = binding.Where(b => b.Obligation.Phase == phase).OrderByDescending(b => b.Obligation.Strength is Strength.Must or Strength.MustNot ? 2 : b.Obligation.Strength == Strength.Should ? 1 : 0).ThenBy(b => b.Pack.Id, StringComparer.Ordinal).ToArray();
            if (of.Length == 0)
            {
                continue;
            }

            _builder.Section(words["phase." + phase]);
            _builder.Table(words["phase." + phase], [words["column.modality"], words["column.what"], words["column.deadline"], words["column.rule"]], [16, 46, 14, 24],
                [.. of.Select(b => (IReadOnlyList<IReadOnlyList<Run>>)
                [
                    [new Run(RunKind.Strong, words["strength." + b.Obligation.Strength.ToString().ToLowerInvariant()]), $" ({words["actor." + b.Obligation.Actor]})"],
                    What(b.Obligation),
                    [Deadline(b.Obligation)],
                    [.. Titles.Cited(b.Obligation, words), $" [{b.Obligation.Id}, {b.Pack.Pin}]"],
                ])]);
        }

        if (binding.Length == 0)
        {
            _builder.Paragraph(words["officer.obligations.none"]);
        }
    }

    private IReadOnlyList<Run> What(Obligation obligation)
    {
        var runs = new List<Run>();
        var measures = string.Join(", ", obligation.Measures.Select(m => words.Measure(pack.Input.Rules.Measures.Find(m.Id)!)));
        runs.Add(words.Code == "en" ? new Run(RunKind.Strong, obligation.Title + ". ") : new Run(RunKind.Strong, measures + ". "));
        runs.Add(Foreign(obligation.Summary));
        if (obligation.Clauses.Count > 0)
        {
            runs.Add(" " + words["clauses"] + " " + string.Join("; ", obligation.Clauses.Select(c => c.Edition is { } e ? $"{c.Id} ({e})" : c.Id)) + ".");
        }

        if (obligation.Evidence.Count > 0)
        {
            runs.Add(" " + words["evidence"] + " ");
            runs.Add(Foreign(string.Join("; ", obligation.Evidence) + "."));
        }

        return runs;
    }

    private string Deadline(Obligation obligation)
    {
        var said = new List<string>();
        foreach (var (name, value) in obligation.Measures.SelectMany(m => m.Parameters))
        {
            switch (name)
            {
                case "beforeNotice" when value.IsTrue:
                    said.Add(words["deadline.before-notice"]);
                    break;
                case "withinDays" or "noticeDays" when value.Number == 0:
                    said.Add(words["deadline.at-once"]);
                    break;
                case "withinDays" or "noticeDays" or "repayDays":
                    said.Add(words.Say("deadline.within-days", words.Number(value.Number)));
                    break;
                case "daysBefore":
                    said.Add(words.Say("deadline.days-before", words.Number(value.Number)));
                    break;
                case "everyMonths" or "reassessMonths":
                    said.Add(words.Say("deadline.every-months", words.Number(value.Number)));
                    break;
            }
        }

        return said.Count > 0 ? string.Join("; ", said.Distinct(StringComparer.Ordinal)) : words["deadline.phase." + obligation.Phase];
    }

    private void Gaps()
    {
        if (pack.Input.Gaps is not { } gaps)
        {
            return;
        }

        _builder.Part(words["officer.gaps"]);
        _builder.Table(words["officer.gaps"], [words["column.what"], words["column.shown"], words["column.seen"], words["column.rule"]], [30, 16, 34, 20],
            [.. gaps.GroupBy(g => (g.Measure, g.Status, g.Evidence)).OrderBy(g => g.Key.Status switch { Shown.NotShown => 0, Shown.CannotBeSeen => 1, _ => 2 }).Select(g => (IReadOnlyList<IReadOnlyList<Run>>)
            [
                [words.Measure(pack.Input.Rules.Measures.Find(g.Key.Measure)!)],
                [words["shown." + g.Key.Status.ToString().ToLowerInvariant()]],
                [Foreign(g.Key.Evidence)],
                [string.Join(", ", g.Select(x => x.Provision.Id).Distinct(StringComparer.Ordinal))],
            ])]);
    }

    private void Weigh()
    {
        _builder.Part(words["officer.weigh"]);
        _builder.Paragraph(words[pack.IsLight ? "officer.form.light" : "officer.form.full"]);
        if (pack.Warnings.Count == 0)
        {
            _builder.Paragraph(words["officer.weigh.none"]);
        }

        _builder.Points([.. pack.Warnings.GroupBy(w => w.Kind).SelectMany(g => g.Key == "no-rule"
            ? [(IReadOnlyList<Run>)[words.Say("warning.no-rule", string.Join("; ", g.Select(w => words.Text(w.Subject).Title)), words["level." + pack.Risk.Level.ToString().ToLowerInvariant()])]]
            : g.Select(w => (IReadOnlyList<Run>)[words.Say("warning." + w.Kind, w.Subject.Length > 0 && pack.Input.Clauses.Languages[words.Code].Texts.TryGetValue(w.Subject, out var text) ? text.Title : w.Subject, w.Detail)]))]);
    }

    private void Values()
    {
        _builder.Part(words["officer.values"]);
        var used = pack.Texts.Where(t => t.Block.Part != "brief" && t.Block.Part != "letter").SelectMany(t => Used(t)).Concat(pack.Calendar.SelectMany(c => c.Entry.After.Append(c.Entry.Every)).Select(a => a.TrimStart('-'))).ToHashSet(StringComparer.Ordinal);
        _builder.Table(words["officer.values"], [words["column.what"], words["column.value"], words["column.from"]], [46, 24, 30],
            [.. pack.FillIns.Values.Where(f => used.Contains(f.FillIn.Id)).Select(f => (IReadOnlyList<IReadOnlyList<Run>>)
            [
                [words["open." + f.FillIn.Id].Trim('[', ']'), $" ({f.FillIn.Id})"],
                [f.Value is null ? new Run(RunKind.Open, words["open.mark"], f.FillIn.Id) : f.FillIn.Unit.Length > 0 ? $"{f.Value} {words["count." + f.FillIn.Unit]}" : f.Value],
                [f.From == "rule" ? words.Say("from.rule", string.Join("; ", f.Demands.Select(d => $"{d.Provision.Citation} [{d.Provision.Id}]").Distinct(StringComparer.Ordinal))) : words["from." + f.From]],
            ])]);
    }

    private IEnumerable<string> Used(ChosenText chosen)
    {
        var text = words.Text(chosen.Block.Id);
        return Knowledge.Clauses.ClauseText.FillIns(chosen.IsLight ? text.Light : text.Main.Concat(text.Buyer));
    }

    private void Unknown()
    {
        _builder.Part(words["officer.unknown"]);
        _builder.Paragraph(words["officer.unknown.introduction"]);
        var questions = Relevance.Ordered(pack.Input).Where(q => Titles.IsDecidedBeforeTender(q.Need)).ToArray();
        var rows = questions.Select((q, i) => (IReadOnlyList<IReadOnlyList<Run>>)
        [
            [(i + 1).ToString(CultureInfo.InvariantCulture)],
            Titles.Question(q, words),
            [q.Need],
            [string.Join(", ", q.Packs.Take(6)) + (q.Packs.Count > 6 ? " …" : "")],
        ]).ToArray();
        _builder.Table(words["officer.unknown"], [words["column.number"], words["column.question"], words["column.fact"], words["column.asked-by"]], [8, 48, 22, 22], rows);
        var open = pack.FillIns.Values.Where(f => f.Value is null && f.FillIn.Id is not ("contract.start" or "contract.end")).Where(f => pack.Texts.Any(t => Used(t).Contains(f.FillIn.Id, StringComparer.Ordinal))).ToArray();
        if (open.Length > 0)
        {
            _builder.Paragraph(words["officer.open-places"]);
            _builder.Points([.. open.Select(f => (IReadOnlyList<Run>)[words["open." + f.FillIn.Id].Trim('[', ']'), $" ({f.FillIn.Id})"])]);
        }

        var later = pack.Input.Ruling.Questions.Where(q => !Titles.IsDecidedBeforeTender(q.Need)).ToArray();
        if (later.Length > 0)
        {
            _builder.Paragraph(words["officer.later"]);
            _builder.Points([.. later.Select(q => Titles.Question(q, words))]);
        }

        if (rows.Length == 0 && open.Length == 0)
        {
            _builder.Paragraph(words["officer.unknown.none"]);
        }
    }

    // What packs say is kept in English: a summary of law is not translated by the way.
    private Run Foreign(string text, bool strong = false) => words.Code == "en" ? new Run(strong ? RunKind.Strong : RunKind.Text, text) : new Run(RunKind.Foreign, text, "en");
}
