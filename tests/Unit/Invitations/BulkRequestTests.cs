using Postern.Invitations.Bulk;
using Postern.Kernel;

namespace Postern.Tests.Unit.Invitations;

public sealed class BulkRequestTests
{
    [Fact]
    public void Pasted_addresses_come_in_any_form()
    {
        var rows = BulkRequest.OfPaste("ada@example.com, Bob B <bob@example.com>;\n\"Cat\" <cat@example.com>\r\n\tnonsense <x>");
        rows.Select(r => $"{r.Line} {r["name"]}|{r["email"]}").ShouldBe(["1 |ada@example.com", "2 Bob B|bob@example.com", "3 Cat|cat@example.com", "4 |nonsense <x>"]);
    }

    [Theory]
    [InlineData("", "header")]
    [InlineData("email\n", "header")]
    [InlineData("emial\na@b.c\n", "did you mean \"email\"")]
    [InlineData("email,name\na@b.c\n", "Line 2 has 1 cells")]
    [InlineData("email\n\"a@b.c\n", "never closed")]
    public void A_broken_file_says_where(string csv, string why) =>
        BulkRequest.OfCsv(csv).Fault.ShouldBeOfType<Fault.Invalid>().Message.ShouldContain(why);

    [Fact]
    public void Lines_are_those_of_the_file_and_disarmed_formulas_are_armed_again()
    {
        var rows = BulkRequest.OfCsv("name,email\n\"A\nB\",a@example.com\n'=1,b@example.com\n").Value;
        rows.Select(r => $"{r.Line} {r["name"]}").ShouldBe(["2 A\nB", "4 =1"]);
    }
}
