using System.Collections.Concurrent;

namespace Palermo.Procurement.Framing;

/// <summary>Keeps the usual buffers for the next batch; larger ones are left to the garbage collector.</summary>
internal static class BufferPool
{
    public const int Usual = 1 << 20;
    private static readonly ConcurrentBag<byte[]> s_free = [];

    public static byte[] Rent(int size) => size <= Usual && s_free.TryTake(out var buffer) ? buffer : GC.AllocateUninitializedArray<byte>(Math.Max(Usual, size));

    public static void Return(byte[] buffer)
    {
        if (buffer.Length == Usual && s_free.Count < 64)
        {
            s_free.Add(buffer);
        }
    }
}
