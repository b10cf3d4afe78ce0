using CsCheck;
using Palermo.Knowledge.Words;

namespace Palermo.Knowledge.Tests;

public sealed class FoldingTests
{
    [Theory]
    [InlineData("Gants d'Examen, STÉRILES", "gants d examen steriles")]
    [InlineData("Mănuși chirurgicale", "manusi chirurgicale")]
    [InlineData("Straßenreinigung", "strassenreinigung")]
    [InlineData("Бавовняний одяг", "bavovnyanii odyag")]
    [InlineData("комп’ютер комп'ютер", "kompyuter kompyuter")]
    [InlineData("ＣＯＴＴＯＮ", "cotton")]
    [InlineData("co\u0301tton", "cotton")]
    [InlineData("  --  ", "")]
    public void Spelling_variants_fold_to_one_form(string text, string folded) => Assert.Equal(folded, Folding.Fold(text));

    [Fact]
    public void Folding_takes_any_text_and_is_idempotent() => Gen.String.Sample(text =>
    {
        var once = Folding.Fold(text);
        Assert.Equal(once.Replace("?", ""), Folding.Fold(once.Replace("?", "")).Replace("?", ""));
        Assert.DoesNotContain("  ", once);
    });

    [Fact]
    public void Folding_takes_any_bytes() => Gen.Byte.Array.Sample(bytes =>
    {
        var text = new FoldedText();
        text.Set(bytes);
        foreach (var word in text.Words)
        {
            Assert.InRange(word.OriginalStart, 0, bytes.Length);
            Assert.InRange(word.OriginalEnd, word.OriginalStart, bytes.Length);
        }
    });
}
