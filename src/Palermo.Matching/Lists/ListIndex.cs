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
