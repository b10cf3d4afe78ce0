using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Palermo.Procurement.Framing;

/// <summary>
/// Units of processes that are published in several pieces, kept until the last piece has come. Memory holds forty bytes
/// a process and the first pieces up to a budget; the rest lies on disk, each piece with the place of the one before it.
/// </summary>
internal sealed class GroupStore(long budget) : IDisposable
{
    private const int HeaderSize = 8 + 4 + 4 + 8 + 8 + 4;
    private const int WriteSize = 1 << 20;
    private readonly Dictionary<ulong, Chain> _chains = [];
    // Names of files and versions occur again and again: pieces hold their numbers.
    private readonly List<(string File, bool Named)> _files = [];
    private readonly List<string> _versions = [];
    private readonly byte[] _header = new byte[HeaderSize];
    private byte[] _memory = [];
    private int _inMemory;
    private FileStream? _spill;
    private byte[] _tail = [];
    private int _tailLength;
    private long _written;
    private Queue<ulong>? _left;

    /// <summary>True if pieces of the process are kept.</summary>
    public bool Holds(ulong ocid) => _chains.ContainsKey(ocid);

    /// <summary>Keeps a piece. Its bytes are copied.</summary>
    public void Add(ulong ocid, Unit unit)
    {
        ref var chain = ref CollectionsMarshal.GetValueRefOrAddDefault(_chains, ocid, out var known);
        BinaryPrimitives.WriteInt64LittleEndian(_header, known ? chain.Last : -1);
        BinaryPrimitives.WriteInt32LittleEndian(_header.AsSpan(8), unit.Json.Length);
        BinaryPrimitives.WriteInt32LittleEndian(_header.AsSpan(12), Number(_files, (unit.File, unit.Named)));
        BinaryPrimitives.WriteInt64LittleEndian(_header.AsSpan(16), unit.Line);
        BinaryPrimitives.WriteInt64LittleEndian(_header.AsSpan(24), unit.Offset);
        BinaryPrimitives.WriteInt32LittleEndian(_header.AsSpan(32), Number(_versions, unit.Version));
        var at = Write(unit.Json.Span);
        chain = new Chain(at, known ? chain.First : at, chain.Count + 1);
    }

    /// <summary>Takes the pieces of a process out, in the order in which they came.</summary>
    /// <param name="ocid">Hash of the ocid.</param>
    /// <param name="batch">Owns the memory they are put into.</param>
    public IReadOnlyList<Unit> Take(ulong ocid, Batch batch)
    {
        _chains.Remove(ocid, out var chain);
        var units = new Unit[chain.Count];
        Span<byte> header = stackalloc byte[HeaderSize];
        var at = chain.Last;
        for (var i = units.Length - 1; i >= 0; i--)
        {
            Read(at, header);
            var json = batch.Rent(BinaryPrimitives.ReadInt32LittleEndian(header[8..]));
            Read(at + HeaderSize, json.Span);
            var (file, named) = _files[BinaryPrimitives.ReadInt32LittleEndian(header[12..])];
            units[i] = new Unit(json, file, named, BinaryPrimitives.ReadInt64LittleEndian(header[16..]), BinaryPrimitives.ReadInt64LittleEndian(header[24..]), _versions[BinaryPrimitives.ReadInt32LittleEndian(header[32..])]);
            at = BinaryPrimitives.ReadInt64LittleEndian(header);
        }

        return units;
    }

    /// <summary>Processes whose last piece never came, in the order of their first: an ocid mentioned elsewhere was counted as a piece. To be asked when all input is read.</summary>
    public ulong? NextLeft()
    {
        _left ??= new(_chains.OrderBy(c => c.Value.First).Select(c => c.Key));
        return _left.TryDequeue(out var ocid) ? ocid : null;
    }

    public void Dispose() => _spill?.Dispose();

    // Few different ones: the last used is nearly always meant.
    private static int Number<T>(List<T> known, T value)
    {
        for (var i = known.Count - 1; i >= 0; i--)
        {
            if (EqualityComparer<T>.Default.Equals(known[i], value))
            {
                return i;
            }
        }

        known.Add(value);
        return known.Count - 1;
    }

    // Positions run on from memory to disk.
    private long Write(ReadOnlySpan<byte> json)
    {
        var size = HeaderSize + json.Length;
        if (_spill is null && _inMemory + size <= Math.Min(budget, Array.MaxLength))
        {
            if (_inMemory + size > _memory.Length)
            {
                Array.Resize(ref _memory, (int)Math.Min(Math.Max(WriteSize, Math.Max(_memory.Length * 2L, _inMemory + size)), Math.Max(budget, size)));
            }

            var at = _inMemory;
            _header.CopyTo(_memory, at);
            json.CopyTo(_memory.AsSpan(at + HeaderSize));
            _inMemory += size;
            return at;
        }

        if (_spill is null)
        {
            _spill = new FileStream(Path.Combine(Path.GetTempPath(), $"palermo-{Guid.NewGuid():N}.spill"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 0, FileOptions.DeleteOnClose);
            _tail = GC.AllocateUninitializedArray<byte>(WriteSize);
        }

        var position = _inMemory + _written + _tailLength;
        Append(_header);
        Append(json);
        return position;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_tailLength == _tail.Length)
            {
                RandomAccess.Write(_spill!.SafeFileHandle, _tail, _written);
                _written += _tailLength;
                _tailLength = 0;
            }

            var part = bytes[..Math.Min(bytes.Length, _tail.Length - _tailLength)];
            part.CopyTo(_tail.AsSpan(_tailLength));
            _tailLength += part.Length;
            bytes = bytes[part.Length..];
        }
    }

    private void Read(long at, Span<byte> into)
    {
        if (at < _inMemory)
        {
            _memory.AsSpan((int)at, into.Length).CopyTo(into);
            return;
        }

        at -= _inMemory;
        while (!into.IsEmpty)
        {
            if (at >= _written)
            {
                _tail.AsSpan((int)(at - _written), into.Length).CopyTo(into);
                return;
            }

            var count = RandomAccess.Read(_spill!.SafeFileHandle, into[..(int)Math.Min(into.Length, _written - at)], at);
            if (count == 0)
            {
                throw new IOException("The temporary file of processes in pieces is shorter than what was written to it.");
            }

            at += count;
            into = into[count..];
        }
    }

    private readonly record struct Chain(long Last, long First, int Count);
}
