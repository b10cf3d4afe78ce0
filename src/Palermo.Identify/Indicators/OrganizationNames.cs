using System.Text;
using Palermo.Knowledge;
using Palermo.Knowledge.Words;

namespace Palermo.Identify.Indicators;

/// <summary>A listed organization whose name equals a party's.</summary>
internal sealed record ListedOrganization(string Id, string Name, string What, string Country, IReadOnlyList<string> Sources, bool Verified);

/// <summary>
/// Finds parties whose names equal those of import measures: folded, without legal forms and descriptors of a group.
/// Equality only; names that are merely alike are the business of name matching, which weighs them.
/// </summary>
internal sealed class OrganizationNames
{
    private static readonly HashSet<string> s_legalForms = new("co ltd limited company corp corporation inc incorporated llc l c plc gmbh ag sa sas srl s r sdn bhd berhad pvt private p ltda doo d o de cv c v and the".Split(' '), StringComparer.Ordinal);
    private readonly Dictionary<string, ListedOrganization> _names = new(StringComparer.Ordinal);
    private readonly FoldedText _folded = new();
    private readonly StringBuilder _key = new();

    public OrganizationNames(Catalogue catalogue, IEnumerable<ImportMeasure> measures, DateOnly asOf)
    {
        foreach (var measure in measures)
        {
            foreach (var name in measure.EntityNames)
            {
                Add(name, new ListedOrganization(measure.Id, name, $"{measure.Regime}, {measure.Measure}{(measure.Date.Length > 0 ? $" of {measure.Date}" : "")}", measure.Country, measure.Basis.SourceIds, measure.Basis.Verified));
            }
        }

        foreach (var entity in catalogue.ListedEntities)
        {
            if (Editions.Date(entity.EffectiveDate) is { } from && asOf < from)
            {
                continue;
            }

            foreach (var name in entity.Aliases.Prepend(entity.Name))
            {
                Add(name, new ListedOrganization(entity.Id, name, $"the UFLPA entity list{(entity.EffectiveDate.Length > 0 ? $" since {entity.EffectiveDate}" : "")}", "CN", entity.Basis.SourceIds, entity.Basis.Verified));
            }
        }
    }

    /// <summary>The listed organization of that name, or null. A verified row stands before an unverified one.</summary>
    public ListedOrganization? Find(ReadOnlySpan<byte> name) => _names.GetValueOrDefault(Key(name));

    private void Add(string name, ListedOrganization listed)
    {
        var key = Key(Encoding.UTF8.GetBytes(name));
        if (key.Contains(' ') && (!_names.TryGetValue(key, out var known) || (!known.Verified && listed.Verified)))
        {
            _names[key] = listed; // one word alone is no name to compare
        }
    }

    private string Key(ReadOnlySpan<byte> name)
    {
        _folded.Set(name);
        _key.Clear();
        foreach (var word in Encoding.ASCII.GetString(_folded.Text).Split(' '))
        {
            if (word is "subsidiaries" or "its")
            {
                break; // "… and its subsidiaries": the group is meant, its name stands before
            }

            if (!s_legalForms.Contains(word))
            {
                _key.Append(_key.Length > 0 ? " " : "").Append(word);
            }
        }

        return _key.ToString();
    }
}
