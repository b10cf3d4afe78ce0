namespace Palermo.Procurement.Framing;

/// <summary>A piece of the input that is parsed at once: a release, a record, or an object still to be understood.</summary>
/// <param name="Json">The bytes; valid as long as the batch is.</param>
/// <param name="File">File it came from.</param>
/// <param name="Named">True if the user named that file.</param>
/// <param name="Line">Line of its first byte, from 1.</param>
/// <param name="Offset">Offset of its first byte, from 0.</param>
/// <param name="Version">OCDS version of its package; blank if not known when it was read.</param>
internal readonly record struct Unit(ReadOnlyMemory<byte> Json, string File, bool Named, long Line, long Offset, string Version);

/// <summary>What belongs together: one unit, or all units of one ocid.</summary>
internal readonly record struct Work(Unit Unit, IReadOnlyList<Unit>? Group);
