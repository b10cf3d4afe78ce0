using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Palermo.Matching.Index;

/// <summary>The parts of an index, in the order of the file.</summary>
internal enum Section
{
    /// <summary>Vocabulary: an array of Token, its offsets into <see cref="Spellings"/>.</summary>
    Vocabulary,

    /// <summary>ASCII spellings, each followed by its normal spelling.</summary>
    Spellings,

    /// <summary>int per word + 1: where its names start in <see cref="Postings"/>.</summary>
    PostingStarts,

    /// <summary>int name numbers, ascending within a word.</summary>
    Postings,

    /// <summary>int per name + 1: where its words start in <see cref="NameWords"/>.</summary>
    NameStarts,

    /// <summary>int word numbers, in the order of the name.</summary>
    NameWords,

    /// <summary>An array of NameRecord.</summary>
    Names,

    /// <summary>UTF-8 of the names as listed.</summary>
    NameTexts,

    /// <summary>int per bucket + 1 into <see cref="WordKeys"/>.</summary>
    WordKeyStarts,

    /// <summary>An array of Key: ways to reach a word (spelling, sound, one letter left out, group, consonants).</summary>
    WordKeys,

    /// <summary>int per bucket + 1 into <see cref="NameKeys"/>.</summary>
    NameKeyStarts,

    /// <summary>An array of Key: ways to reach a name (words written together, first letters).</summary>
    NameKeys,

    /// <summary>int per entity + 1 into <see cref="EntityBytes"/>.</summary>
    EntityStarts,

    /// <summary>UTF-8 JSON of each entity as the list gave it to us.</summary>
    EntityBytes,

    /// <summary>UTF-8 JSON: where the list comes from, its edition, its licence.</summary>
    About,

    /// <summary>An array of Key: identifiers of entities.</summary>
    IdentifierKeys,

    /// <summary>int per bucket + 1 into <see cref="IdentifierKeys"/>.</summary>
    IdentifierKeyStarts,

    /// <summary>int per entity + 1: its first name.</summary>
    EntityNames,
}

/// <summary>A hash and what it leads to.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct Key(uint Hash, int Value);

/// <summary>What is known of a listed name besides its words.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct NameRecord
{
    public int Entity;
    public int TextStart;
    public ushort TextLength;
    public ushort Legal;

    /// <summary>Sum of the rarity of its words, in halves of a bit.</summary>
    public byte Weight;
    public PartyKind Kind;
    public NameStrength Strength;

    /// <summary>1 looks like an organization's, 2 like a person's.</summary>
    public byte Looks;
}

/// <summary>How sure a list is of a name.</summary>
internal enum NameStrength : byte
{
    Main,
    Alias,
    Former,

    /// <summary>A nickname or a common name that the list itself calls weak.</summary>
    Weak,
}

/// <summary>The bytes of an index, mapped from a file or held in memory. The form of the bytes is that of this version; another version's file is refused, not guessed at.</summary>
internal sealed unsafe class Image : IDisposable
{
    public const ulong Magic = 0x0001_4D58_444C_4150; // PALDXM 1
    private static readonly int s_sections = Enum.GetValues<Section>().Length;

    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly GCHandle _pin;
    private readonly byte* _base;
    private readonly long[] _starts = new long[s_sections];
    private readonly long[] _lengths = new long[s_sections];

    private Image(byte* start, long length)
    {
        _base = start;
        if (length < HeaderLength || Unsafe.ReadUnaligned<ulong>(_base) != Magic || Unsafe.ReadUnaligned<long>(_base + 8) != length)
        {
            throw new InvalidDataException("It is not an index of this version of Palermo, or it was cut off.");
        }

        for (var i = 0; i < s_sections; i++)
        {
            _starts[i] = Unsafe.ReadUnaligned<long>(_base + 16 + (i * 16));
            _lengths[i] = Unsafe.ReadUnaligned<long>(_base + 24 + (i * 16));
            if (_starts[i] < 0 || _lengths[i] < 0 || _starts[i] + _lengths[i] > length)
            {
                throw new InvalidDataException("Its table of contents points outside of it.");
            }
        }
    }

    private Image(MemoryMappedFile file, MemoryMappedViewAccessor view, byte* start, long length)
        : this(start, length) => (_file, _view) = (file, view);

    private Image(GCHandle pin, long length)
        : this((byte*)pin.AddrOfPinnedObject(), length) => _pin = pin;

    public static int HeaderLength => 16 + (s_sections * 16);

    public static Image Open(string path)
    {
        var length = new FileInfo(path).Length;
        var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        var view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            return new Image(file, view, start, length);
        }
        catch (InvalidDataException)
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            view.Dispose();
            file.Dispose();
            throw;
        }
    }

    public static Image Over(byte[] bytes) => new(GCHandle.Alloc(bytes, GCHandleType.Pinned), bytes.Length);

    public ReadOnlySpan<T> Get<T>(Section section)
        where T : unmanaged => new(_base + _starts[(int)section], checked((int)(_lengths[(int)section] / sizeof(T))));

    public void Dispose()
    {
        if (_view is not null)
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file!.Dispose();
        }

        if (_pin.IsAllocated)
        {
            _pin.Free();
        }
    }

    /// <summary>Writes header and sections.</summary>
    public static void Write(Stream stream, IReadOnlyDictionary<Section, Action<Stream>> sections, Func<Section, long> lengthOf)
    {
        var header = new byte[HeaderLength];
        var at = (long)HeaderLength;
        var starts = new long[s_sections];
        for (var i = 0; i < s_sections; i++)
        {
            at = (at + 63) & ~63L;
            starts[i] = at;
            var length = lengthOf((Section)i);
            BitConverter.TryWriteBytes(header.AsSpan(16 + (i * 16)), at);
            BitConverter.TryWriteBytes(header.AsSpan(24 + (i * 16)), length);
            at += length;
        }

        BitConverter.TryWriteBytes(header, Magic);
        BitConverter.TryWriteBytes(header.AsSpan(8), at);
        stream.Write(header);
        var written = (long)HeaderLength;
        for (var i = 0; i < s_sections; i++)
        {
            for (; written < starts[i]; written++)
            {
                stream.WriteByte(0);
            }

            sections[(Section)i](stream);
            written += lengthOf((Section)i);
        }
    }
}
