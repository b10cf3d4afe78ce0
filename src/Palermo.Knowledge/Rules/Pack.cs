namespace Palermo.Knowledge.Rules;

/// <summary>Where a statement of law is found.</summary>
/// <param name="Instrument">The instrument.</param>
/// <param name="Pinpoint">Article, section or paragraph; blank if the instrument as a whole is meant.</param>
/// <param name="Url">Address of the text; null if none is known.</param>
public sealed record Citation(string Instrument, string Pinpoint, string? Url)
{
    /// <inheritdoc/>
    public override string ToString() => Pinpoint.Length > 0 ? $"{Instrument}, {Pinpoint}" : Instrument;
}

/// <summary>A demand a provision makes: a measure of the vocabulary, and how strict it is here.</summary>
/// <param name="Id">Id of the measure.</param>
/// <param name="Parameters">Its parameters as this regime sets them, by name, in ordinal order.</param>
public sealed record MeasureUse(string Id, IReadOnlyList<KeyValuePair<string, FactValue>> Parameters);

/// <summary>How strongly a provision speaks.</summary>
public enum Strength
{
    /// <summary>Permitted.</summary>
    May,

    /// <summary>Expected.</summary>
    Should,

    /// <summary>Required.</summary>
    Must,

    /// <summary>Forbidden.</summary>
    MustNot,
}

/// <summary>A provision of a pack: an obligation or a determination.</summary>
public abstract record Provision
{
    /// <summary>Id, unique among all packs.</summary>
    public required string Id { get; init; }

    /// <summary>Line in the pack's file.</summary>
    public required int Line { get; init; }

    /// <summary>The measures it demands; the first is the one it is listed under.</summary>
    public required IReadOnlyList<MeasureUse> Measures { get; init; }

    /// <summary>When it binds, given that the pack applies; null if always.</summary>
    public required Condition? When { get; init; }

    /// <summary>Where it is written.</summary>
    public required Citation Citation { get; init; }

    /// <summary>How it was verified: <c>source</c>, <c>mixed</c> or <c>memory</c>, with a remark behind a colon.</summary>
    public required string Checked { get; init; }
}

/// <summary>A provision that asks somebody to do something in a phase.</summary>
public sealed record Obligation : Provision
{
    /// <summary><c>planning</c>, <c>tender-design</c>, <c>selection</c>, <c>award</c>, <c>performance</c> or <c>post-contract</c>.</summary>
    public required string Phase { get; init; }

    /// <summary><c>buyer</c>, <c>bidder</c>, <c>supplier</c> or <c>subcontractor</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>How strongly it binds.</summary>
    public required Strength Strength { get; init; }

    /// <summary>Short title.</summary>
    public required string Title { get; init; }

    /// <summary>What is asked, in plain words of our own.</summary>
    public required string Summary { get; init; }

    /// <summary>What would show that it was done.</summary>
    public required IReadOnlyList<string> Evidence { get; init; }

    /// <summary>Official clauses it calls for.</summary>
    public required IReadOnlyList<Clause> Clauses { get; init; }
}

/// <summary>An official clause or provision.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Title">Its title.</param>
/// <param name="Edition">Its edition; null if not stated.</param>
/// <param name="Kind"><c>contract-clause</c> or <c>solicitation-provision</c>.</param>
public sealed record Clause(string Id, string Title, string? Edition, string Kind);

/// <summary>An exclusion or remedy that a pack describes. Whether it is taken is the buyer's decision, after hearing the other side.</summary>
public sealed record Determination : Provision
{
    /// <summary><c>mandatory-exclusion</c>, <c>soft-mandatory-exclusion</c>, <c>discretionary-exclusion</c> or <c>discretionary-remedy</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What the regime says follows.</summary>
    public required string Outcome { get; init; }

    /// <summary>How far back events count, in words; null if the regime does not say.</summary>
    public required string? LookBack { get; init; }

    /// <summary>Self-cleaning and what weighs for the supplier; null if the regime does not say.</summary>
    public required string? SelfCleaning { get; init; }

    /// <summary>Procedure to be kept; null if the regime does not say.</summary>
    public required string? Process { get; init; }
}

/// <summary>A value of a parameter from a day on.</summary>
/// <param name="From">First day.</param>
/// <param name="Value">The value.</param>
/// <param name="Citation">Where it is written.</param>
/// <param name="Checked">How it was verified.</param>
/// <param name="Line">Line in the pack's file.</param>
public sealed record ParameterValue(DateOnly From, FactValue Value, string Citation, string Checked, int Line);

/// <summary>A threshold or list with its history.</summary>
public sealed record Parameter
{
    /// <summary>Name within the pack.</summary>
    public required string Name { get; init; }

    /// <summary>ISO 4217 code for money; otherwise what is counted (employees, percent, codes).</summary>
    public required string Unit { get; init; }

    /// <summary><c>included</c>, <c>excluded</c> or null if value-added tax is no matter.</summary>
    public required string? Vat { get; init; }

    /// <summary>What it is.</summary>
    public required string Description { get; init; }

    /// <summary>Values, the oldest first.</summary>
    public required IReadOnlyList<ParameterValue> Values { get; init; }

    /// <summary>Line in the pack's file.</summary>
    public required int Line { get; init; }

    /// <summary>The value in force on a day; null before the first.</summary>
    public ParameterValue? On(DateOnly day)
    {
        ParameterValue? found = null;
        foreach (var value in Values)
        {
            if (value.From > day)
            {
                break;
            }

            found = value;
        }

        return found;
    }
}

/// <summary>A case whose outcome is known: facts in, results out.</summary>
public sealed record GoldenCase
{
    /// <summary>What it shows.</summary>
    public required string Name { get; init; }

    /// <summary><c>law</c>: written from the text of the law; <c>official-example</c>: from an example of the issuer; <c>own</c>: ours, to test the engine.</summary>
    public required string Origin { get; init; }

    /// <summary>The text or example it was written from; null for our own.</summary>
    public required string? Source { get; init; }

    /// <summary>The day judged at; null if not stated.</summary>
    public required DateOnly? AsOf { get; init; }

    /// <summary>Facts by name.</summary>
    public required IReadOnlyDictionary<string, FactValue> Facts { get; init; }

    /// <summary>Whether the pack applies; null for unknown.</summary>
    public required bool? Applies { get; init; }

    /// <summary>Ids of the obligations that bind, and no others; null if not stated.</summary>
    public required IReadOnlyList<string>? Obligations { get; init; }

    /// <summary>Ids of obligations that do not bind.</summary>
    public required IReadOnlyList<string> Absent { get; init; }

    /// <summary>Ids of the determinations that are open to the buyer, and no others; null if not stated.</summary>
    public required IReadOnlyList<string>? Determinations { get; init; }

    /// <summary>Facts that must be among those asked for.</summary>
    public required IReadOnlyList<string> Needs { get; init; }

    /// <summary>Line in the pack's file.</summary>
    public required int Line { get; init; }
}

/// <summary>One regime's provisions as data. Read by <see cref="PackReader"/>, judged by Palermo.Prevent.</summary>
public sealed record Pack
{
    /// <summary>Id.</summary>
    public required string Id { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; init; }

    /// <summary>ISO 3166-1 alpha-2 code, an ISO 3166-2 code for a part of a State, or the code of an organization in the compendium.</summary>
    public required string Jurisdiction { get; init; }

    /// <summary>Who issued it.</summary>
    public required string Issuer { get; init; }

    /// <summary>Title of the instrument.</summary>
    public required string Instrument { get; init; }

    /// <summary>Kind of the instrument: statute, regulation, directive, policy …</summary>
    public required string InstrumentType { get; init; }

    /// <summary>How it binds, in words.</summary>
    public required string Binding { get; init; }

    /// <summary>A remark on the instrument; null if none.</summary>
    public required string? Note { get; init; }

    /// <summary>Version.</summary>
    public required string Version { get; init; }

    /// <summary>First twelve hexadecimal digits of the SHA-256 of what binds: the pack in canonical form without its golden cases.</summary>
    public required string Hash { get; init; }

    /// <summary>What binds, in canonical form: the JSON of the pack (UTF-8) with its keys in ordinal order and without its golden cases.</summary>
    public required ReadOnlyMemory<byte> Canonical { get; init; }

    /// <summary><c>in-force</c>, <c>adopted-not-yet-applicable</c>, <c>superseded</c>, <c>repealed</c> or <c>proposed</c>.</summary>
    public required string Status { get; init; }

    /// <summary>First day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day; null if open.</summary>
    public required DateOnly? To { get; init; }

    /// <summary>The fact whose day decides which version of the rule counts.</summary>
    public required string TemporalKey { get; init; }

    /// <summary>Ids of packs it took the place of.</summary>
    public required IReadOnlyList<string> Supersedes { get; init; }

    /// <summary>Ids of the initiatives of the compendium that it makes run.</summary>
    public required IReadOnlyList<string> Initiatives { get; init; }

    /// <summary>Parameters by name.</summary>
    public required IReadOnlyList<Parameter> Parameters { get; init; }

    /// <summary>Conditions stated once and used by name.</summary>
    public required IReadOnlyDictionary<string, Condition> Definitions { get; init; }

    /// <summary>When the pack applies, within its days.</summary>
    public required Condition Applies { get; init; }

    /// <summary>Obligations, in the order of the pack.</summary>
    public required IReadOnlyList<Obligation> Obligations { get; init; }

    /// <summary>Determinations, in the order of the pack.</summary>
    public required IReadOnlyList<Determination> Determinations { get; init; }

    /// <summary>What may follow a breach.</summary>
    public required IReadOnlyList<string> Consequences { get; init; }

    /// <summary>What its authors were not sure of.</summary>
    public required IReadOnlyList<string> Uncertain { get; init; }

    /// <summary>How the pack as a whole was verified.</summary>
    public required string Checked { get; init; }

    /// <summary>What it was verified in.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Golden cases; none in a pack that was compiled in.</summary>
    public required IReadOnlyList<GoldenCase> Cases { get; init; }

    /// <summary>Every condition of the pack, each with its parts.</summary>
    public IEnumerable<Condition> Conditions() =>
        Definitions.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => d.Value)
            .Append(Applies)
            .Concat(Obligations.Cast<Provision>().Concat(Determinations).Select(p => p.When).OfType<Condition>())
            .SelectMany(Walk);

    private static IEnumerable<Condition> Walk(Condition condition) => condition switch
    {
        AllOf all => all.Parts.SelectMany(Walk).Prepend(condition),
        AnyOf any => any.Parts.SelectMany(Walk).Prepend(condition),
        NotThat not => Walk(not.Part).Prepend(condition),
        _ => [condition],
    };

    /// <summary>Id, version and hash, as a tender keeps them.</summary>
    public string Pin => $"{Id}@{Version}#{Hash}";
}
