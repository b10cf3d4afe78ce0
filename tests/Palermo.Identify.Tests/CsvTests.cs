using System.Buffers;
using System.Text;
using Palermo.Identify.Output;

namespace Palermo.Identify.Tests;

public sealed class CsvTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("+49 30 1", "'+49 30 1")]
    [InlineData("-5", "-5")]
    [InlineData("＝cmd", "'＝cmd")]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"no\"", "\"say \"\"no\"\"\"")]
    [InlineData("=a,b", "\"'=a,b\"")]
    public void A_cell_is_no_formula_and_no_second_cell(string text, string cell) => Assert.Equal(cell, AssessmentCsv.Cell(text));

    [Fact]
    public void A_process_without_findings_has_its_row_too()
    {
        var output = new ArrayBufferWriter<byte>();
        AssessmentCsv.WriteHeader(output);
        AssessmentCsv.Write(output, Screening.Screen("""{"ocid":"o","tender":{"id":"1"}}"""));
        var lines = Encoding.UTF8.GetString(output.WrittenSpan).Split("\r\n");
        Assert.StartsWith("\uFEFFocid,", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("o,,,,,,,unknown,", lines[1], StringComparison.Ordinal);
    }
}
