using System.Runtime.InteropServices;

namespace Palermo.Knowledge;

/// <summary>Arrays of numbers as their bytes, in the order of the machine that builds: all that .NET runs on are little-endian.</summary>
internal static class Arrays
{
    public static void Write<T>(BinaryWriter writer, ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        writer.Write(numbers.Length);
        writer.Write(MemoryMarshal.AsBytes(numbers));
    }

    public static T[] Read<T>(BinaryReader reader)
        where T : unmanaged
    {
        var numbers = new T[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }
}
