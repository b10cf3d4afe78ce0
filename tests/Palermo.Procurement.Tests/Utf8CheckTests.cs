using System.Text;
using System.Text.Unicode;
using CsCheck;
using Palermo.Procurement.Input;

namespace Palermo.Procurement.Tests;

public sealed class Utf8CheckTests
{
    private static readonly Gen<string> s_piece = Gen.OneOf(
        Gen.Const("procurement of gloves "), Gen.Const("Закупівля "), Gen.Const("手袋"), Gen.Const("é"), Gen.Const("🧤"), Gen.Const("\uFFFF"), Gen.Const("\U0010FFFF"), Gen.Const("\0"));

    [Fact]
    public void It_agrees_with_the_runtime_on_texts_with_any_byte_replaced() =>
        Gen.Select(s_piece.Array[0, 40], Gen.Int[0, 400], Gen.Byte, Gen.Int[0, 3]).Sample((pieces, at, value, cut) =>
        {
            var text = Encoding.UTF8.GetBytes(string.Concat(pieces));
            Assert.True(Utf8Check.IsValid(text));
            if (text.Length == 0)
            {
                return;
            }

            text[at % text.Length] = value;
            Assert.Equal(Utf8.IsValid(text), Utf8Check.IsValid(text));
            var shorter = text.AsSpan(0, Math.Max(0, text.Length - cut));
            Assert.Equal(Utf8.IsValid(shorter), Utf8Check.IsValid(shorter));
        }, iter: 50_000);

    [Fact]
    public void It_agrees_on_every_pair_and_many_triples_of_bytes_at_every_place_of_a_block()
    {
        var text = new byte[131];
        for (var pair = 0; pair < 1 << 16; pair++)
        {
            Array.Fill(text, (byte)'a');
            var at = (pair * 7) % 128;
            text[at] = (byte)(pair >> 8);
            text[at + 1] = (byte)pair;
            Check(text);
            text[at + 2] = 0x80;
            Check(text);
            text[(at + 3) % 131] = 0xBF;
            Check(text);
        }

        static void Check(byte[] text) => Assert.True(Utf8.IsValid(text) == Utf8Check.IsValid(text), Convert.ToHexString(text));
    }
}
