using Postern.Directory.Exports;

namespace Postern.Tests.Unit.Directory;

[Trait("Fault", "F16")]
public sealed class CsvWriterTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData(" edge", "\" edge\"")]
    [InlineData("", "")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+49 30", "'+49 30")]
    [InlineData("-2", "'-2")]
    [InlineData("@cmd", "'@cmd")]
    [InlineData("\tx", "'\tx")]
    [InlineData("  =x", "'  =x")]
    [InlineData("＝x", "'＝x")]
    [InlineData("=a,b", "\"'=a,b\"")]
    [InlineData("a=b", "a=b")]
    public void Quotes_and_disarms(string text, string written)
    {
        var output = new StringWriter();
        new CsvWriter(output).Cell(text);
        output.ToString().ShouldBe(written);
    }

    [Fact]
    public void Numbers_stay_numbers_and_rows_end_as_the_standard_says()
    {
        var output = new StringWriter();
        var csv = new CsvWriter(output);
        csv.Cell("-5", isNumber: true);
        csv.Cell("x");
        csv.EndRow();
        csv.Cell("y");
        csv.EndRow();
        output.ToString().ShouldBe("-5,x\r\ny\r\n");
    }
}
