using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Palermo.Procurement.Framing;
using Palermo.Procurement.Input;
using Palermo.Procurement.Merging;
using Palermo.Procurement.Ocds;
using Palermo.Tables;

namespace Palermo.Procurement;

/// <summary>Where a process was read.</summary>
/// <param name="File">File of its first piece.</param>
/// <param name="Line">Line of that piece, from 1.</param>
/// <param name="Offset">Byte offset of that piece, from 0.</param>
/// <param name="Pieces">Releases or records it was put together from.</param>
public readonly record struct ProcessOrigin(string File, long Line, long Offset, int Pieces);

/// <summary>Reads the processes of batches. One per thread.</summary>
public sealed class BatchReader
{
    private readonly ReleaseReader _reader = new();
    private readonly ArrayBufferWriter<byte> _merged = new(1 << 16);
    private readonly List<string> _notes = [];
    // Hashes of the ocids of the batch, of what was read and of what could not be.
    private readonly List<ulong> _ocids = [];
    private Action<ContractingProcess, ProcessOrigin> _onProcess = (_, _) => { };
    private Action<ReadProblem> _onProblem = _ => { };

    /// <summary>Reads every process of a batch. Each piece of input ends in one of the two calls.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="onProcess">Receives a process, valid during the call.</param>
    /// <param name="onProblem">Receives what was lost or mended.</param>
    public void Read(Batch batch, Action<ContractingProcess, ProcessOrigin> onProcess, Action<ReadProblem> onProblem)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(onProblem);
        _onProcess = onProcess;
        _onProblem = onProblem;
        _ocids.Clear();
        batch.Problems.ForEach(onProblem);
        foreach (var work in batch.Work)
        {
            if (work.Group is { } group)
            {
                ReadGroup(group);
            }
            else
            {
                ReadUnit(work.Unit);
            }
        }

        batch.Watch?.Add(_ocids);
    }

    /// <summary>Merges every process of a batch into a compiled or versioned release.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="versioned">True for versioned releases.</param>
    /// <param name="rules">Merging rules, or null for those of the version of OCDS.</param>
    /// <param name="onRelease">Receives one JSON object, valid during the call.</param>
    /// <param name="onProblem">Receives what was lost or mended.</param>
    public void Compile(Batch batch, bool versioned, MergeRules? rules, Action<ReadOnlyMemory<byte>> onRelease, Action<ReadProblem> onProblem)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(onRelease);
        ArgumentNullException.ThrowIfNull(onProblem);
        _onProblem = onProblem;
        batch.Problems.ForEach(onProblem);
        foreach (var work in batch.Work)
        {
            foreach (var group in work.Group is { } together ? [together] : Split(work.Unit))
            {
                WithPieces(group, pieces =>
                {
                    var done = versioned ? pieces.Version(rules, _merged, _notes) : pieces.Compile(preferReleases: true, rules, _merged, _notes);
                    if (!done)
                    {
                        NoReleases(pieces, group[0], versioned);
                    }
                    else
                    {
                        onRelease(_merged.WrittenMemory);
                    }
                });
            }
        }
    }

    private void ReadUnit(Unit unit)
    {
        var valid = ToUtf8(unit);
        while (!valid.Json.IsEmpty)
        {
            var json = valid.Json;
            if (ReadObject(ref json, valid) is not { } kind)
            {
                return; // reported
            }

            var consumed = _reader.Consumed;
            var whole = valid with { Json = json[..consumed] };
            switch (kind)
            {
                case ObjectKind.Release:
                    _ocids.Add(OcidScan.Hash(_reader.OcidText));
                    Deliver(whole, 1);
                    break;
                case ObjectKind.Record when !_reader.CompiledRelease.IsEmpty:
                    Saw(UnitOcid.Find(whole.Json.Span));
                    ReadCompiled(whole, _reader.CompiledRelease, 1);
                    break;
                case ObjectKind.Record or ObjectKind.VersionedRelease:
                    Saw(UnitOcid.Find(whole.Json.Span));
                    ReadGroup([whole]);
                    break;
                default:
                    ReadWrapped(whole);
                    break;
            }

            var rest = json[consumed..].Span;
            var skip = rest.IndexOfAnyExcept(" \t\r\n,"u8);
            if (skip < 0)
            {
                return;
            }

            if (rest[skip] != '{')
            {
                Problem(ProblemKind.Lost, valid, consumed + skip, "", "Text follows the object.", "Remove it; one value per line, or values one after the other, are read.");
                return;
            }

            valid = valid with { Json = json[(consumed + skip)..], Offset = valid.Offset + consumed + skip };
        }
    }

    // Strictly first; then with the usual slips allowed, which are noted. Null if it can't be read, which is reported.
    private ObjectKind? ReadObject(ref ReadOnlyMemory<byte> json, Unit unit)
    {
        try
        {
            return _reader.Read(json, lenient: false);
        }
        catch (JsonException strict)
        {
            var mended = JsonMending.WithoutControls(json.Span);
            try
            {
                var kind = _reader.Read(mended, lenient: true);
                json = mended;
                var (line, offset) = JsonMending.Place(strict, unit);
                _onProblem(new ReadProblem(ProblemKind.Mended, unit.File, line, offset, "", $"Not quite JSON: {JsonMending.Reason(strict)}", "It was read all the same; tell the publisher."));
                return kind;
            }
            catch (JsonException e)
            {
                Broken(e, unit);
                return null;
            }
        }
    }

    private void Deliver(Unit unit, int pieces)
    {
        var process = _reader.Process;
        if (_reader.Notes.Count > 0)
        {
            // One note for a slip that every element of an array repeats.
            foreach (var note in _reader.Notes.Select(WithoutIndexes).Distinct())
            {
                Problem(ProblemKind.Mended, unit, 0, process.Ocid.Value, note, "Nothing else was lost; tell the publisher.");
            }
        }

        _onProcess(process, new ProcessOrigin(unit.File, unit.Line, unit.Offset, pieces));
    }

    private void Saw(string ocid)
    {
        if (ocid.Length > 0)
        {
            Span<byte> utf8 = stackalloc byte[256];
            _ocids.Add(OcidScan.Hash(Encoding.UTF8.TryGetBytes(ocid, utf8, out var length) ? utf8[..length] : Encoding.UTF8.GetBytes(ocid)));
        }
    }

    private static string WithoutIndexes(string note) => System.Text.RegularExpressions.Regex.Replace(note, @"\[\d+\]", "[*]");

    private void ReadCompiled(Unit unit, ReadOnlyMemory<byte> compiled, int pieces)
    {
        var ocid = UnitOcid.Find(unit.Json.Span);
        try
        {
            var kind = _reader.Read(compiled, lenient: true, ocid);
            if (kind != ObjectKind.Release)
            {
                Problem(ProblemKind.Lost, unit, 0, ocid, kind == ObjectKind.Other ? "The compiled release has no ocid." : "What stands as the compiled release is none.", "Give it the ocid of its record.");
                return;
            }
        }
        catch (JsonException e)
        {
            Broken(e, unit);
            return;
        }

        Deliver(unit, pieces);
    }

    private void ReadGroup(IReadOnlyList<Unit> units) => WithPieces(units, pieces =>
    {
        if (pieces.Compile(preferReleases: false, null, _merged, _notes))
        {
            ReadCompiled(units[0], _merged.WrittenMemory, units.Count);
        }
        else
        {
            NoReleases(pieces, units[0], versioned: false);
        }
    });

    private void WithPieces(IReadOnlyList<Unit> units, Action<ProcessPieces> use)
    {
        using var pieces = new ProcessPieces();
        _merged.ResetWrittenCount();
        _notes.Clear();
        var at = units[0];
        try
        {
            foreach (var unit in units)
            {
                at = unit;
                AddTo(pieces, ToUtf8(unit));
            }

            if (pieces.Ocid.Length > 0)
            {
                use(pieces);
            }
            else
            {
                Unknown(units[0]);
            }
        }
        catch (InvalidOperationException e) when (JsonMending.IsHalfSurrogate(e))
        {
            Problem(ProblemKind.Lost, at, 0, pieces.Ocid, "A key holds half of a surrogate pair, which is no character.", "Correct the key.");
        }

        foreach (var stranger in pieces.Strangers)
        {
            Problem(ProblemKind.Lost, units[0], 0, stranger, $"The release stands within the record of {pieces.Ocid} but has another ocid.", "Correct the ocid, or put the release into its own record.");
        }

        foreach (var note in _notes)
        {
            Problem(ProblemKind.Mended, units[0], 0, pieces.Ocid, note, "Tell the publisher.");
        }
    }

    private void AddTo(ProcessPieces pieces, Unit unit)
    {
        try
        {
            pieces.Add(unit.Json, unit);
        }
        catch (JsonException strict)
        {
            try
            {
                pieces.AddMended(JsonMending.WithoutControls(unit.Json.Span), unit);
                Problem(ProblemKind.Mended, unit, 0, "", $"Not quite JSON: {JsonMending.Reason(strict)}", "It was read all the same; tell the publisher.");
            }
            catch (JsonException e)
            {
                Broken(e, unit);
            }
        }
    }

    // A package or release inside another object, as interfaces answer: {"data": {"releases": [ … ]}}.
    private void ReadWrapped(Unit unit)
    {
        var inner = Wrapped.Find(unit.Json);
        if (inner.Count == 0)
        {
            Unknown(unit);
        }

        foreach (var (start, length) in inner)
        {
            ReadUnit(unit with { Json = unit.Json.Slice(start, length), Offset = unit.Offset + start });
        }
    }

    private IEnumerable<IReadOnlyList<Unit>> Split(Unit unit)
    {
        var valid = ToUtf8(unit);
        var inner = UnitOcid.Find(valid.Json.Span).Length > 0 ? [] : Wrapped.Find(valid.Json);
        return inner.Count == 0 ? [[valid]] : inner.Select(i => (IReadOnlyList<Unit>)[valid with { Json = valid.Json.Slice(i.Start, i.Length), Offset = valid.Offset + i.Start }]);
    }

    private void Unknown(Unit unit)
    {
        var about = Wrapped.LooksLikeProcurement(unit.Json.Span);
        Problem(unit.Named || about ? ProblemKind.Lost : ProblemKind.Ignored, unit, 0, "", about ? "The object has no ocid, so it can't be told which process it belongs to." : "The object is no release, record or package of OCDS.", "Give each release or record its ocid.");
    }

    private void NoReleases(ProcessPieces pieces, Unit unit, bool versioned)
    {
        if (pieces.Linked > 0)
        {
            Problem(ProblemKind.Lost, unit, 0, pieces.Ocid, $"The record links to {pieces.Linked} releases and holds none.", "Fetch the packages it links to and give them together with the record.");
        }
        else
        {
            Problem(ProblemKind.Lost, unit, 0, pieces.Ocid, versioned ? "There is only a compiled release, which has no versions." : "The record holds no release.", "Give the releases of the process.");
        }
    }

    private Unit ToUtf8(Unit unit)
    {
        if (Utf8Check.IsValid(unit.Json.Span))
        {
            return unit;
        }

        Problem(ProblemKind.Mended, unit, 0, "", "The text is not UTF-8; the bytes that don't fit were read as Windows-1252.", "If letters look wrong, name the encoding (--encoding latin1 for ISO-8859-1).");
        return unit with { Json = Windows1252.Mend(unit.Json.Span) };
    }

    private void Broken(JsonException e, Unit unit)
    {
        var (line, offset) = JsonMending.Place(e, unit);
        var ocid = PackageKeys.FindOcid(unit.Json.Span);
        Saw(ocid);
        _onProblem(new ReadProblem(ProblemKind.Lost, unit.File, line, offset, ocid, $"The JSON is broken: {JsonMending.Reason(e)}", "Get it again from its publisher."));
    }

    private void Problem(ProblemKind kind, Unit unit, int at, string ocid, string what, string mend) =>
        _onProblem(new ReadProblem(kind, unit.File, unit.Line, unit.Offset + at, ocid, what, mend));
}
