namespace Palermo.Procurement.Ocds;

/// <summary>Objects used again for each process: millions of processes then cost the memory of the largest.</summary>
internal sealed class Pool<T>
    where T : new()
{
    private const int MostKept = 4096;
    private readonly List<T> _all = [];
    private int _used;

    public T Take()
    {
        if (_used < _all.Count)
        {
            return _all[_used++];
        }

        var made = new T();
        if (_all.Count < MostKept)
        {
            _all.Add(made);
            _used++;
        }

        return made;
    }

    public void Reset() => _used = 0;
}
