using System.Text.Json;
using Palermo.Procurement.Framing;
using Palermo.Procurement.Input;

namespace Palermo.Procurement;

/// <summary>
/// The contracting processes of any number of files. Two passes: the first counts how often each ocid occurs and
/// hashes the files; the second hands out batches, each process whole in one of them, in one fixed order.
/// Without the first pass every piece is taken for a whole process, and <see cref="Repeats"/> tells when that was wrong:
/// whoever can throw away what was done so far then begins again with <see cref="StartOver"/>.
/// </summary>
/// <remarks>Memory does not grow with the input, but for twelve bytes an ocid and forty a process not yet complete, whose pieces go to disk.</remarks>
public sealed class ProcessSource : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ReadOptions _options;
    private readonly List<ReadProblem> _problems = [];
    private readonly List<InputFile> _files;
    private readonly List<InputRecord> _inputs = [];
    private readonly OcidTable _table = new();
    private readonly GroupStore _groups;
    private readonly List<ulong> _hashes = [];
    private readonly List<Unit> _units = [];
    private IEnumerator<Framer?>? _framers;
    private Framer? _framer;
    private Batch _current = null!;
    private OcidWatch? _watch = new();
    private long _sequence;
    private bool _done;
    private bool _told;

    /// <summary>Finds the files.</summary>
    /// <param name="inputs">Files, folders, patterns; <c>-</c> for standard input.</param>
    /// <param name="options">How to read.</param>
    public ProcessSource(IEnumerable<string> inputs, ReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _groups = new GroupStore(options.GroupBudget);
        _files = InputFiles.Expand(inputs, options, _problems);
    }

    /// <summary>The files read, with their hashes; complete after <see cref="Index"/>, else as they are read to their ends.</summary>
    public IReadOnlyList<InputRecord> Inputs => [.. _inputs, .. _files.Skip(_inputs.Count).Select(Unread)];

    /// <summary>Bytes of decoded text, known after <see cref="Index"/>; without it, bytes on disk until the end.</summary>
    public long DecodedBytes { get; private set; }

    /// <summary>True if the pieces of some process stand apart and <see cref="Index"/> was not called.</summary>
    public bool Repeats => _watch is { Repeats: true };

    /// <summary>Goes back to the beginning, as if nothing had been read. No batch may be in use.</summary>
    public void StartOver()
    {
        _framer = null;
        _framers?.Dispose();
        _framers = null;
        _watch = new OcidWatch();
        _inputs.Clear();
        _sequence = 0;
        _done = _told = false;
        DecodedBytes = 0;
    }

    /// <summary>The first pass. Call it once, before <see cref="Next"/>.</summary>
    public void Index(CancellationToken cancel)
    {
        _watch = null;
        using var counter = new OcidCounter(_table, alone: _options.Threads == 1);
        foreach (var file in _files)
        {
            try
            {
                Index(file, counter, cancel);
            }
            catch (Exception e) when (IsBadInput(e))
            {
                // The second pass meets the same fault and reports it in its place.
                if (_inputs.Count == 0 || _inputs[^1].Name != file.Name)
                {
                    _inputs.Add(Unread(file));
                }
            }
        }
    }

    /// <summary>The next batch, or null at the end. Safe to call from many threads.</summary>
    public Batch? Next()
    {
        lock (_lock)
        {
            if (_done)
            {
                return null;
            }

            var batch = new Batch { Sequence = _sequence++, Watch = _watch };
            if (!_told)
            {
                batch.Problems.AddRange(_problems);
                _told = true;
            }

            _framers ??= Framers(batch).GetEnumerator();
            while (batch.Work.Count == 0 && batch.Problems.Count == 0 && !_done)
            {
                FillOnce(batch);
                if (batch.Work.Count == 0)
                {
                    batch.GiveBack(); // what was read waits in the store
                }
            }

            return batch;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _framers?.Dispose();
        _groups.Dispose();
        foreach (var file in _files.Where(f => f.IsSpool))
        {
            File.Delete(file.Path);
        }
    }

    internal static bool IsBadInput(Exception e) =>
        e is IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException or FormatException or ArgumentException or ZstdSharp.ZstdException;

    private void Index(InputFile file, OcidCounter counter, CancellationToken cancel)
    {
        using var fileHash = new FileHash(new FileInfo(file.Path).Length <= _options.Sha256UpTo);
        var plain = true;
        foreach (var part in new Decoder(_options.Latin1, null, _options.Tables).Open(file))
        {
            // Plain text is hashed on the way; the hash is of the file as it lies on disk.
            plain = !part.Packed && part.Content is PeekStream;
            var last = false;
            while (!last)
            {
                cancel.ThrowIfCancellationRequested();
                var buffer = counter.Rent(out var at);
                var count = 0;
                try
                {
                    count = part.Content.ReadAtLeast(buffer.AsSpan(at, OcidCounter.BlockSize), OcidCounter.BlockSize, throwOnEndOfStream: false);
                }
                catch
                {
                    counter.Add(buffer, 0, last: true); // what was read before the fault counts
                    throw;
                }

                last = count < OcidCounter.BlockSize;
                DecodedBytes += count;
                if (plain)
                {
                    fileHash.Append(buffer.AsSpan(at, count));
                }

                counter.Add(buffer, count, last);
            }
        }

        if (!plain)
        {
            HashFile(file, fileHash);
        }

        _inputs.Add(new InputRecord(file.Name, new FileInfo(file.Path).Length, fileHash.Algorithm, fileHash.ToString()));
    }

    private static void HashFile(InputFile file, FileHash hash)
    {
        using var raw = File.OpenRead(file.Path);
        var buffer = new byte[1 << 16];
        int count;
        while ((count = raw.Read(buffer)) > 0)
        {
            hash.Append(buffer.AsSpan(0, count));
        }
    }

    private static InputRecord Unread(InputFile file) => new(file.Name, File.Exists(file.Path) ? new FileInfo(file.Path).Length : 0, "", "");

    // Plain text was hashed on the way; anything else is hashed as it lies on disk. What could not be read has no hash.
    private void Record(InputFile file, FileHash? hash, HashingStream? hashing)
    {
        var length = File.Exists(file.Path) ? new FileInfo(file.Path).Length : 0;
        try
        {
            if (hash is null)
            {
                _inputs.Add(Unread(file));
            }
            else if (hashing is { AtEnd: true })
            {
                _inputs.Add(new InputRecord(file.Name, length, hash.Algorithm, hash.ToString()));
            }
            else
            {
                using var whole = new FileHash(length <= _options.Sha256UpTo);
                HashFile(file, whole);
                _inputs.Add(new InputRecord(file.Name, length, whole.Algorithm, whole.ToString()));
            }
        }
        catch (Exception e) when (IsBadInput(e))
        {
            _inputs.Add(Unread(file)); // its problem is in the batch already
        }
    }

    // One framer after another; null says that a file could not be opened (its problem is in the batch).
    private IEnumerable<Framer?> Framers(Batch first)
    {
        _current = first;
        if (_watch is not null)
        {
            DecodedBytes = _files.Sum(f => File.Exists(f.Path) ? new FileInfo(f.Path).Length : 0);
        }

        foreach (var file in _files)
        {
            using var hash = _watch is null || !File.Exists(file.Path) ? null : new FileHash(new FileInfo(file.Path).Length <= _options.Sha256UpTo);
            HashingStream? hashing = null;
            using var parts = new Decoder(_options.Latin1, problem => _current.Problems.Add(problem), _options.Tables).Open(file).GetEnumerator();
            while (true)
            {
                DecodedFile? part = null;
                try
                {
                    part = parts.MoveNext() ? parts.Current : null;
                }
                catch (Exception e) when (IsBadInput(e))
                {
                    _current.Problems.Add(new(ProblemKind.Lost, file.Name, 0, 0, "", $"The file can't be read: {e.Message}", "Check that it is whole, not encrypted, and that you may read it."));
                }

                if (part is null)
                {
                    break;
                }

                if (hash is not null && !part.Packed && part.Content is PeekStream)
                {
                    part = part with { Content = hashing = new HashingStream(part.Content, hash) };
                }

                using var framer = new Framer(part);
                yield return framer;
            }

            if (_watch is not null)
            {
                Record(file, hash, hashing);
            }

            yield return null;
        }
    }

    private void FillOnce(Batch batch)
    {
        _current = batch;
        if (_framer is null)
        {
            if (!_framers!.MoveNext())
            {
                FlushGroups(batch);
                return;
            }

            _framer = _framers.Current;
            return;
        }

        _units.Clear();
        var framer = _framer;
        try
        {
            if (!framer.Fill(batch, _units))
            {
                _framer = null;
            }
        }
        catch (Exception e) when (IsBadInput(e))
        {
            batch.Problems.Add(new(ProblemKind.Lost, framer.Name, 0, framer.Position, "", $"The file can't be read on: {e.Message}", "Get it again from its publisher; what came before was read."));
            _framer = null;
        }

        foreach (var unit in _units)
        {
            Assign(batch, unit);
        }
    }

    // A unit that holds all mentions of its ocids stands alone; else it waits for the rest of its process.
    private void Assign(Batch batch, Unit unit)
    {
        if (_table.AllDifferent)
        {
            batch.Work.Add(new Work(unit, null));
            return;
        }

        var mentions = CountMentions(unit);
        var ocid = "";
        if (mentions.Any(m => _table.Take(m.Hash, 0) != m.Count || _groups.Holds(m.Hash)))
        {
            ocid = UnitOcid.Find(unit.Json.Span);
            if (ocid.Length == 0 && Ocds.Wrapped.Find(unit.Json) is { Count: > 0 } inner)
            {
                // A package on one line: its processes may go on in other lines.
                inner.ForEach(part => Assign(batch, unit with { Json = unit.Json.Slice(part.Start, part.Length), Offset = unit.Offset + part.Start }));
                return;
            }
        }

        foreach (var (hash, count) in mentions)
        {
            _table.Take(hash, count);
        }

        if (ocid.Length == 0)
        {
            batch.Work.Add(new Work(unit, null));
        }
        else
        {
            _groups.Add(OcidScan.Hash(System.Text.Encoding.UTF8.GetBytes(ocid)), unit);
        }

        foreach (var (hash, _) in mentions)
        {
            if (_table.Take(hash, 0) <= 0 && _groups.Holds(hash))
            {
                Release(batch, hash);
            }
        }
    }

    private (ulong Hash, int Count)[] CountMentions(Unit unit)
    {
        _hashes.Clear();
        OcidScan.Scan(unit.Json.Span, last: true, _hashes);
        return _hashes.Count == 1 ? [(_hashes[0], 1)] : [.. _hashes.CountBy(h => h).Select(h => (h.Key, h.Value))];
    }

    private void Release(Batch batch, ulong ocid)
    {
        var units = _groups.Take(ocid, batch);
        batch.Work.Add(units.Count == 1 ? new Work(units[0], null) : new Work(units[0], units));
    }

    private void FlushGroups(Batch batch)
    {
        if (_groups.NextLeft() is { } ocid)
        {
            Release(batch, ocid);
        }
        else
        {
            _done = true;
        }
    }
}
