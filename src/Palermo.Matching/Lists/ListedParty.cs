using System.Text.Json.Serialization;

namespace Palermo.Matching.Lists;

/// <summary>A name of a listed party.</summary>
/// <param name="Text">As listed.</param>
/// <param name="Strength"><c>main</c>, <c>alias</c>, <c>former</c> or <c>weak</c> (the list itself calls it weak).</param>
public sealed record ListedName(string Text, string Strength);

/// <summary>A party that another listed party owns or controls, or that it is owned by.</summary>
/// <param name="Party">Id of the other party on the same list, or its name where the list gives no id.</param>
/// <param name="Role"><c>owner</c>: the other party owns this one; <c>subsidiary</c>: this party owns the other; else the list's own word.</param>
/// <param name="Share">Percentage where the list gives one.</param>
public sealed record ListedRelation(string Party, string Role, string Share);

/// <summary>What a listing says beyond one party: all subsidiaries of it, all goods of a region.</summary>
/// <param name="Kind"><c>group</c> (its subsidiaries or affiliates), <c>region</c> or <c>product</c> (goods of a place or of a kind).</param>
/// <param name="Text">The words of the list that say so.</param>
public sealed record ListedRule(string Kind, string Text);

/// <summary>A party as a list gives it. What a list does not say is empty.</summary>
public sealed record ListedParty
{
    /// <summary>Id on the list; where the list has none, made of name and place in it.</summary>
    public required string Id { get; init; }

    /// <summary>Person, organization, or not said.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<PartyKind>))]
    public PartyKind Kind { get; init; }

    /// <summary>Names, the main one first. Empty for an order that names no party.</summary>
    public IReadOnlyList<ListedName> Names { get; init; } = [];

    /// <summary>Countries: codes or names, as listed.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    /// <summary>Addresses in one line each.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Dates of birth or foundation, ISO 8601 as far as given.</summary>
    public IReadOnlyList<string> Dates { get; init; } = [];

    /// <summary><c>scheme:value</c>, or the value alone.</summary>
    public IReadOnlyList<string> Identifiers { get; init; } = [];

    /// <summary>Programmes, grounds, regimes: why it is listed, in the list's words.</summary>
    public IReadOnlyList<string> Grounds { get; init; } = [];

    /// <summary>When the listing began, ISO 8601; empty if not said.</summary>
    public string From { get; init; } = "";

    /// <summary>When it ends, ISO 8601; empty if not said or without end.</summary>
    public string Until { get; init; } = "";

    /// <summary>The sentence of the list that names were taken out of, where it is more than a name.</summary>
    public string Sentence { get; init; } = "";

    /// <summary>Owners and subsidiaries.</summary>
    public IReadOnlyList<ListedRelation> Relations { get; init; } = [];

    /// <summary>Rules that reach beyond this party.</summary>
    public IReadOnlyList<ListedRule> Rules { get; init; } = [];

    /// <summary>The main name, or the rule's words for an order without a party.</summary>
    [JsonIgnore]
    public string Caption => Names.Count > 0 ? Names[0].Text : Rules.Count > 0 ? Rules[0].Text : Id;

    /// <summary>For comparison.</summary>
    public Party ToParty() => new() { Names = [.. Names.Select(n => n.Text)], Kind = Kind, Countries = Countries, Addresses = Addresses, Dates = Dates, Identifiers = Identifiers };
}

/// <summary>Serialization without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, WriteIndented = false)]
[JsonSerializable(typeof(ListedParty))]
[JsonSerializable(typeof(ListEdition))]
[JsonSerializable(typeof(ListSource))]
public sealed partial class ListJson : JsonSerializerContext;
