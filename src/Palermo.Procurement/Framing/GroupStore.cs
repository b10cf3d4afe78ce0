namespace Palermo.Procurement.Framing;

/// <summary>Units of processes that are published in several pieces, kept until the last piece has come. What exceeds the budget lies on disk.</summary>
internal sealed class GroupStore(long budget) : IDisposable
{
    private readonly Dictionary<string, List<Stored>> _groups = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private FileStream? _spill;
    private long _inMemory;

    public void Add(string ocid, Unit unit)
    {
        if (!_groups.TryGetValue(ocid, out var group))
        {
            group = [];
            _groups.Add(ocid, group);
            _order.Enqueue(ocid);
        }

        if (_inMemory + unit.Json.Length <= budget)
        {
            _inMemory += unit.Json.Length;
            group.Add(new Stored(unit with { Json = unit.Json.ToArray() }, -1, unit.Json.Length));
            return;
        }

        _spill ??= new FileStream(Path.Combine(Path.GetTempPath(), $"palermo-{Guid.NewGuid():N}.spill"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        _spill.Position = _spill.Length;
        group.Add(new Stored(unit with { Json = default }, _spill.Position, unit.Json.Length));
        _spill.Write(unit.Json.Span);
    }

    public IReadOnlyList<Unit> Take(string ocid)
    {
        _groups.Remove(ocid, out var group);
        return [.. group!.Select(Restore)];
    }

    /// <summary>Groups whose last piece never came, in the order of their first: an ocid mentioned elsewhere was counted as a piece.</summary>
    public string? NextLeft()
    {
        while (_order.TryDequeue(out var ocid))
        {
            if (_groups.ContainsKey(ocid))
            {
                return ocid;
            }
        }

        return null;
    }

    public void Dispose() => _spill?.Dispose();

    private Unit Restore(Stored stored)
    {
        if (stored.Position < 0)
        {
            _inMemory -= stored.Length;
            return stored.Unit;
        }

        var json = new byte[stored.Length];
        _spill!.Position = stored.Position;
        _spill.ReadExactly(json);
        return stored.Unit with { Json = json };
    }

    private readonly record struct Stored(Unit Unit, long Position, int Length);
}
