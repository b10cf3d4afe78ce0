using System.IO.Hashing;
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
    private static readonly HashSet<ulong> s_legalFormHashes = [.. s_legalForms.Select(f => XxHash3.HashToUInt64(Encoding.ASCII.GetBytes(f)))];
    private readonly Dictionary<string, ListedOrganization> _names = new(StringComparer.Ordinal);
    // Hashes of the first words of all names: they dismiss nearly every party before its key is put together.
    private readonly HashSet<ulong> _firstWords = [];
    private readonly FoldedText _folded = new();
    private readonly char[] _key = new char[512];

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
    public ListedOrganization? Find(ReadOnlySpan<byte> name)
    {
        _folded.Set(name);
        if (!_firstWords.Contains(FirstWord(_folded.Text)))
        {
            return null;
        }

        var length = Key(_folded.Text);
        return length > 0 ? _names.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(_key.AsSpan(0, length), out var found) ? found : null : null;
    }

    // The hash of the first word that is no legal form; 0 if there is none.
    private static ulong FirstWord(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            var end = text.IndexOf((byte)' ');
            var hash = XxHash3.HashToUInt64(end < 0 ? text : text[..end]);
            if (!s_legalFormHashes.Contains(hash))
            {
                return hash;
            }

            text = end < 0 ? default : text[(end + 1)..];
        }

        return 0;
    }

    private void Add(string name, ListedOrganization listed)
    {
        _folded.Set(Encoding.UTF8.GetBytes(name));
        _firstWords.Add(FirstWord(_folded.Text));
        var key = new string(_key, 0, Key(_folded.Text));
        if (key.Length > 0 && (!_names.TryGetValue(key, out var known) || (!known.Verified && listed.Verified)))
        {
            _names[key] = listed;
        }
    }

    // The folded name without legal forms, in _key; 0 if fewer than two words are left: one word alone is no name to compare.
    private int Key(ReadOnlySpan<byte> text)
    {
        if (text.Length > _key.Length)
        {
            return 0; // longer than any name on the lists
        }

        var length = 0;
        var words = 0;
        Span<char> short_ = stackalloc char[16]; // no legal form is longer
        foreach (var range in text.Split((byte)' '))
        {
            var word = text[range];
            var letters = word.Length > short_.Length ? default : short_[..word.Length];
            Encoding.ASCII.GetChars(word[..letters.Length], letters);
            if (letters is "subsidiaries" or "its")
            {
                break; // "… and its subsidiaries": the group is meant, its name stands before
            }

            if (word.IsEmpty || s_legalForms.GetAlternateLookup<ReadOnlySpan<char>>().Contains(letters))
            {
                continue;
            }

            if (length > 0)
            {
                _key[length++] = ' ';
            }

            length += Encoding.ASCII.GetChars(word, _key.AsSpan(length));
            words++;
        }

        return words > 1 ? length : 0;
    }
}
