using Palermo.Knowledge.Rules;
using Palermo.Prevent.Drafting;
using Palermo.Web.Accounts;
using Palermo.Web.Hosting;
using Palermo.Web.Localization;

namespace Palermo.Web.Pages;

/// <summary>What every page needs: the language, its words, the knowledge, where it stands.</summary>
/// <param name="Texts">Words of the screens.</param>
/// <param name="Words">Names of measures, countries, facts.</param>
/// <param name="Knowledge">What the program knows.</param>
/// <param name="Path">Path without the language: <c>/compendium</c>.</param>
/// <param name="Query">Query, with its question mark; empty if none.</param>
public sealed record PageContext(Texts Texts, Words Words, KnowledgeBase Knowledge, string Path, string Query)
{
    /// <summary>Who is signed in; null on public pages, which are the same for everybody.</summary>
    public Access? Who { get; init; }

    /// <summary>Whether this workspace has accounts.</summary>
    public bool HasAccounts { get; init; }

    /// <summary>Mark that a form comes from our own page; empty where nothing is posted.</summary>
    public string Token { get; init; } = "";

    /// <summary>Name of the field that holds <see cref="Token"/>.</summary>
    public string TokenField { get; init; } = "";

    /// <summary>Lets a script of ours run on a page that needs one; null where none does.</summary>
    public string? Nonce { get; init; }

    /// <summary>Word on what was just done: a key; null if nothing was.</summary>
    public string? Done { get; init; }

    /// <summary>Code of the language.</summary>
    public string Language => Texts.Code;

    /// <summary>A word of the screens.</summary>
    public string this[string key] => Texts[key];

    /// <summary>The day.</summary>
    public DateOnly Today => Knowledge.Today;

    /// <summary>Address of a page in this language.</summary>
    public string Href(string path) => $"/{Language}{path}";

    /// <summary>Words with something put into them.</summary>
    public string Say(string key, params ReadOnlySpan<object?> values) => Texts.Say(key, values);

    /// <summary>The word for a code, such as <c>kind.law</c>; the code itself where there is none.</summary>
    public string Code(string group, string code) => Texts.Has($"{group}.{code}") ? Texts[$"{group}.{code}"] : code;

    /// <summary>Name of a measure by its id.</summary>
    public string Measure(string id) => Knowledge.Rules.Measures.Find(id) is { } measure ? Words.Measure(measure) : id;

    /// <summary>An instant as people read it, in UTC.</summary>
    public string Time(DateTimeOffset at) => $"{Words.Day(DateOnly.FromDateTime(at.UtcDateTime))}, {at.UtcDateTime:HH:mm} UTC";

    /// <summary>A value of a fact as people write it.</summary>
    public string Value(FactValue value, string unit = "")
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Type switch
        {
            FactType.Boolean => this[value.IsTrue ? "yes" : "no"],
            FactType.Money => Words.Amount(value.Number, value.Currency),
            FactType.Number => (Words.Number(value.Number) + " " + unit).TrimEnd(),
            FactType.Date => Words.Day(value.Date),
            _ => string.Join(", ", value.Codes),
        };
    }
}
