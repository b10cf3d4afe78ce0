using System.Text.Json;
using System.Text.Json.Serialization;
using Palermo.Matching.Index;

namespace Palermo.Matching.Lists;

/// <summary>An edition of a list, ready to be searched: an index, and perhaps a small one with what changed since. Immutable; shared by any number of matchers.</summary>
public sealed class ListIndex : IDisposable
{
    private readonly NameIndex[] _parts;
    private readonly HashSet<int> _gone = [];

    internal ListIndex(ListEdition edition, NameIndex whole, NameIndex? delta)
    {
        Edition = edition;
        _parts = delta is null ? [whole] : [whole, delta];
        if (delta is not null)
        {
            _gone = [.. JsonSerializer.Deserialize(delta.About, IndexJson.Default.ListInt32)!];
        }
    }

    /// <summary>The edition.</summary>
    public ListEdition Edition { get; }

    internal IReadOnlyList<NameIndex> Parts => _parts;

    /// <summary>Whether an entity of the first part no longer counts.</summary>
    internal bool IsGone(int part, int entity) => part == 0 && _gone.Contains(entity);

    internal ListedParty Party(int part, int entity) => JsonSerializer.Deserialize(_parts[part].Entity(entity), ListJson.Default.ListedParty)!;

    /// <summary>The party with this id, or null.</summary>
    public ListedParty? Find(string id)
    {
        if (NameIndexBuilder.IdentifierKey(OwnId(id)) is not { } hash)
        {
            return null;
        }

        for (var part = _parts.Length - 1; part >= 0; part--)
        {
            foreach (var key in KeyTable.Find(_parts[part].Get<int>(Section.IdentifierKeyStarts), _parts[part].Get<Key>(Section.IdentifierKeys), hash))
            {
                if (!IsGone(part, key.Value) && Party(part, key.Value) is var party && party.Id == id)
                {
                    return party;
                }
            }
        }

        return null;
    }

    // Ids of lists are found as identifiers are; the prefix keeps short ones apart from real numbers.
    internal static string OwnId(string id) => "list:ENTRY" + id;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var part in _parts)
        {
            part.Dispose();
        }
    }
}

[JsonSerializable(typeof(List<int>))]
internal sealed partial class IndexJson : JsonSerializerContext;
