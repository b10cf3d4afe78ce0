namespace Palermo.Procurement.Framing;

/// <summary>Watches for an ocid that comes twice in an input that was not counted first. Safe to share between threads.</summary>
internal sealed class OcidWatch
{
    private readonly Lock _lock = new();
    private readonly OcidTable _table = new();

    /// <summary>True as soon as some ocid came twice.</summary>
    public bool Repeats { get; private set; }

    /// <summary>Adds the hashes of the ocids of a batch.</summary>
    public void Add(List<ulong> hashes)
    {
        lock (_lock)
        {
            foreach (var hash in hashes)
            {
                _table.Add(hash, 1);
            }

            Repeats |= !_table.AllDifferent;
        }
    }
}
