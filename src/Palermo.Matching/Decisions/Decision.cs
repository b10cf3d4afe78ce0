using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Palermo.Matching.Lists;
using Palermo.Matching.Text;

namespace Palermo.Matching.Decisions;

/// <summary>What a human decided about a candidate.</summary>
public enum Verdict
{
    /// <summary>The two are one.</summary>
    Match,

    /// <summary>They are not.</summary>
    NotAMatch,

    /// <summary>It can't be said yet.</summary>
    Unsure,
}

/// <summary>A human decision about a party and a listed party.</summary>
public sealed record Decision
{
    /// <summary>The party asked about: its names, folded, in one order.</summary>
    public required string PartyKey { get; init; }

    /// <summary>Its name as it was asked, for people.</summary>
    public required string Name { get; init; }

    /// <summary>The list.</summary>
    public required string List { get; init; }

    /// <summary>The listed party's id.</summary>
    public required string ListedId { get; init; }

    /// <summary>What was decided.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
    public required Verdict Verdict { get; init; }

    /// <summary>Who decided.</summary>
    public required string Who { get; init; }

    /// <summary>Why.</summary>
    public required string Why { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset When { get; init; }

    /// <summary>Hash of what both sides said then: if one says something else, the question is open again.</summary>
    public required string Evidence { get; init; }
}

/// <summary>Decisions, one a line, added and never changed: the last one about a pair counts.</summary>
public sealed class DecisionLog
{
    private readonly string _path;
    private readonly Dictionary<(string Party, string List, string Id), Decision> _last = [];

    /// <summary>Reads the decisions kept in a file; none if there is no file.</summary>
    /// <exception cref="InvalidDataException">A line is no decision.</exception>
    public DecisionLog(string path)
    {
        _path = path;
        if (!File.Exists(path))
        {
            return;
        }

        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0)
            {
                continue;
            }

            try
            {
                Keep(JsonSerializer.Deserialize(line, DecisionJson.Default.Decision)!);
            }
            catch (JsonException e)
            {
                throw new InvalidDataException($"{path}, line {number}: it is no decision ({e.Message}). Mend or remove the line.", e);
            }
        }
    }

    /// <summary>All decisions that count.</summary>
    public IReadOnlyCollection<Decision> All => _last.Values;

    /// <summary>The decision about a party and a candidate, and whether what both say has changed since; null if there is none.</summary>
    public (Decision Decision, bool Reopened)? Find(Party party, string list, ListedParty listed)
    {
        ArgumentNullException.ThrowIfNull(listed);
        return _last.TryGetValue((KeyOf(party), list, listed.Id), out var decision) ? (decision, decision.Evidence != EvidenceOf(party, listed)) : null;
    }

    /// <summary>Adds a decision.</summary>
    public Decision Add(Party party, string list, ListedParty listed, Verdict verdict, string who, string why, DateTimeOffset when)
    {
        ArgumentNullException.ThrowIfNull(party);
        ArgumentNullException.ThrowIfNull(listed);
        var decision = new Decision { PartyKey = KeyOf(party), Name = party.Names[0], List = list, ListedId = listed.Id, Verdict = verdict, Who = who, Why = why, When = when, Evidence = EvidenceOf(party, listed) };
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
        File.AppendAllText(_path, JsonSerializer.Serialize(decision, DecisionJson.Default.Decision) + "\n");
        Keep(decision);
        return decision;
    }

    /// <summary>The names of a party without regard to case, marks and order of the names.</summary>
    public static string KeyOf(Party party)
    {
        ArgumentNullException.ThrowIfNull(party);
        return string.Join("|", party.Names.Select(n => string.Join(' ', Tokenizer.Words(n))).Distinct().Order(StringComparer.Ordinal));
    }

    private static string EvidenceOf(Party party, ListedParty listed)
    {
        var facts = KeyOf(party) + "\n" + string.Join("\n", new[] { party.Countries, party.Addresses, party.Dates, party.Identifiers, party.Phones }.Select(l => string.Join("|", l.Order(StringComparer.Ordinal))))
            + "\n" + string.Join("\n", new[] { listed.Names.Select(n => n.Text), listed.Countries, listed.Addresses, listed.Dates, listed.Identifiers }.Select(l => string.Join("|", l.Order(StringComparer.Ordinal))));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(facts)))[..16];
    }

    private void Keep(Decision decision) => _last[(decision.PartyKey, decision.List, decision.ListedId)] = decision;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Decision))]
internal sealed partial class DecisionJson : JsonSerializerContext;
