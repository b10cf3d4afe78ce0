namespace Palermo.Knowledge;

/// <summary>Words in the languages of the screens.</summary>
/// <param name="English">English.</param>
/// <param name="French">French.</param>
/// <param name="Spanish">Spanish.</param>
public sealed record Said(string English, string French, string Spanish)
{
    /// <summary>In a language by its code; English for others.</summary>
    public string In(string language) => language switch { "fr" => French, "es" => Spanish, _ => English };
}

/// <summary>What a rule of conduct rests on.</summary>
/// <param name="Basis">Sources, and whether it was seen there.</param>
/// <param name="Locator">Where in the source; may be blank.</param>
/// <param name="Note">More; may be blank.</param>
public sealed record Ground(Basis Basis, string Locator, string Note);

/// <summary>Unit of a time limit.</summary>
public enum TimeUnit
{
    /// <summary>Hours that pass, whatever the clocks on the wall do.</summary>
    Hours,

    /// <summary>Days of the calendar.</summary>
    Days,

    /// <summary>Days on which work is done where it is due.</summary>
    WorkingDays,

    /// <summary>Months: the same day of a later month, or its last.</summary>
    Months,

    /// <summary>Years.</summary>
    Years,
}

/// <summary>How long something may take.</summary>
/// <param name="Amount">How many.</param>
/// <param name="Unit">Of what.</param>
/// <param name="RollsForward">Whether it ends on the next working day if its last day is none (Regulation 1182/71, article 3(4)).</param>
public readonly record struct TimeLimit(int Amount, TimeUnit Unit, bool RollsForward);

/// <summary>A time within which something must happen.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Subject">What it belongs to: case, plan, action, contract.</param>
/// <param name="Starts">Event that starts it.</param>
/// <param name="Ends">Event that ends it.</param>
/// <param name="Limit">How long.</param>
/// <param name="Applies"><c>*</c> always; a country; or a word that the subject carries.</param>
/// <param name="Title">What is due.</param>
/// <param name="Ground">What it rests on.</param>
public sealed record ClockRule(string Id, string Subject, string Starts, string Ends, TimeLimit Limit, string Applies, Said Title, Ground Ground)
{
    /// <summary>Whether it may start anew once it was ended: each incident has its own time.</summary>
    public bool Again { get; init; }
}

/// <summary>A clock that a measure starts where a rule that binds sets its time.</summary>
/// <param name="Measure">Id of the measure.</param>
/// <param name="Parameter">The parameter that says the time.</param>
/// <param name="Clock">The clock, but for how long.</param>
public sealed record MeasureClock(string Measure, string Parameter, ClockRule Clock);

/// <summary>A step of a path of remedy.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Path">Path.</param>
/// <param name="Order">Order in it, from 1.</param>
/// <param name="NeedsConsent">Whether the people harmed must agree.</param>
/// <param name="Limit">How long after the step before.</param>
/// <param name="Title">What is done.</param>
/// <param name="Evidence">What shows it, in English.</param>
/// <param name="Ground">What it rests on.</param>
public sealed record RemedyStep(string Id, string Path, int Order, bool NeedsConsent, TimeLimit Limit, Said Title, string Evidence, Ground Ground);

/// <summary>What a buyer may do when a plan is not kept.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Order">Order, mildest first, from 1.</param>
/// <param name="NeedsEffect">Whether the effect on workers is assessed before.</param>
/// <param name="Title">What is done.</param>
/// <param name="Ground">What it rests on.</param>
public sealed record LadderRung(string Id, int Order, bool NeedsEffect, Said Title, Ground Ground);

/// <summary>How contracts are watched and harm is remedied: clocks, paths of remedy, the ladder of consequences (data/clocks, data/remedy).</summary>
public sealed class Conduct
{
    private Conduct(Catalogue catalogue)
    {
        var clocks = Table(catalogue, "clocks/clocks");
        Clocks = [.. Catalogue.Rows(clocks, r => new ClockRule(clocks[r, "id"], clocks[r, "subject"], clocks[r, "starts"], clocks[r, "ends"], LimitOf(clocks[r, "amount"], clocks[r, "unit"], clocks[r, "roll"] == "next-working-day"), clocks[r, "applies"], Words(clocks, r), GroundOf(clocks, r)))];
        var measures = Table(catalogue, "clocks/measures");
        MeasureClocks = [.. Catalogue.Rows(measures, r => new MeasureClock(measures[r, "measure"], measures[r, "parameter"], new ClockRule(measures[r, "id"], measures[r, "subject"], measures[r, "starts"], measures[r, "ends"], LimitOf("1", measures[r, "unit"], measures[r, "roll"] == "next-working-day"), "*", Words(measures, r), new Ground(new Basis([], false), "", measures[r, "note"])) { Again = true }))];
        var steps = Table(catalogue, "remedy/steps");
        Steps = [.. Catalogue.Rows(steps, r => new RemedyStep(steps[r, "id"], steps[r, "path"], int.Parse(steps[r, "order"], null), steps[r, "needs_consent"] == "1", LimitOf(steps[r, "due_amount"], steps[r, "due_unit"], true), Words(steps, r), steps[r, "evidence"], GroundOf(steps, r))).OrderBy(s => s.Path, StringComparer.Ordinal).ThenBy(s => s.Order)];
        var ladder = Table(catalogue, "remedy/ladder");
        Ladder = [.. Catalogue.Rows(ladder, r => new LadderRung(ladder[r, "id"], int.Parse(ladder[r, "order"], null), ladder[r, "needs_effect"] == "1", Words(ladder, r), GroundOf(ladder, r))).OrderBy(l => l.Order)];
        Paths = [.. Steps.Select(s => s.Path).Distinct()];
    }

    private Conduct(Conduct other) => (Clocks, MeasureClocks, Steps, Ladder, Paths) = (other.Clocks, other.MeasureClocks, other.Steps, other.Ladder, other.Paths);

    /// <summary>All clocks.</summary>
    public IReadOnlyList<ClockRule> Clocks { get; private init; }

    /// <summary>Clocks that measures start where rules that bind set their times.</summary>
    public IReadOnlyList<MeasureClock> MeasureClocks { get; }

    /// <summary>All steps, by path and order.</summary>
    public IReadOnlyList<RemedyStep> Steps { get; }

    /// <summary>Paths of remedy.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>The ladder, mildest first.</summary>
    public IReadOnlyList<LadderRung> Ladder { get; }

    /// <summary>What the catalogue says.</summary>
    public static Conduct Of(Catalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        return new Conduct(catalogue);
    }

    /// <summary>The same with other clocks: those of a regime that binds, say.</summary>
    public Conduct With(IReadOnlyList<ClockRule> clocks) => new(this) { Clocks = clocks };

    /// <summary>The same with the times laid over it that rules set which bind. Of several for one measure the strictest counts; it takes the place of a clock of ours that leaves as long or longer.</summary>
    public Conduct With(IReadOnlyList<BoundTime> times)
    {
        ArgumentNullException.ThrowIfNull(times);
        if (times.Count == 0)
        {
            return this;
        }

        var bound = MeasureClocks.Select(m => (m.Clock, Time: times.Where(t => t.Measure == m.Measure && t.Parameter == m.Parameter).OrderBy(t => t.Amount).ThenBy(t => t.Pack, StringComparer.Ordinal).FirstOrDefault())).Where(m => m.Time is not null)
            .Select(m => m.Clock with { Limit = m.Clock.Limit with { Amount = m.Time!.Amount }, Ground = new Ground(new Basis([], m.Time.Verified), $"{m.Time.Citation} ({m.Time.Pack}, {m.Time.Provision})", m.Clock.Ground.Note) }).ToArray();
        return With([.. Clocks.Where(c => !bound.Any(b => (b.Subject, b.Starts, b.Ends) == (c.Subject, c.Starts, c.Ends) && Days(b.Limit) <= Days(c.Limit))), .. bound]);
    }

    // To tell which of two limits is the longer: twelve months are a year.
    private static double Days(TimeLimit limit) => limit.Amount * limit.Unit switch
    {
        TimeUnit.Hours => 1.0 / 24,
        TimeUnit.Days => 1,
        TimeUnit.WorkingDays => 7.0 / 5,
        TimeUnit.Months => 365.25 / 12,
        _ => 365.25,
    };

    /// <summary>Clocks of a subject that hold where these words apply.</summary>
    public IEnumerable<ClockRule> ClocksOf(string subject, IReadOnlySet<string> words) => Clocks.Where(c => c.Subject == subject && (c.Applies == "*" || words.Contains(c.Applies)));

    private static DataTable Table(Catalogue catalogue, string name) => catalogue.Tables.Single(t => t.Name == name);

    private static Said Words(DataTable t, int r) => new(t[r, "title_en"], t[r, "title_fr"], t[r, "title_es"]);

    private static Ground GroundOf(DataTable t, int r) => new(new Basis(t.List(r, "source", ';'), t[r, "checked"] == "source"), t[r, "locator"], t[r, "note"]);

    private static TimeLimit LimitOf(string amount, string unit, bool rolls) => new(int.Parse(amount, null), unit switch
    {
        "hours" => TimeUnit.Hours,
        "days" => TimeUnit.Days,
        "working-days" => TimeUnit.WorkingDays,
        "months" => TimeUnit.Months,
        _ => TimeUnit.Years,
    }, rolls);
}
