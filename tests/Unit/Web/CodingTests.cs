using Microsoft.Net.Http.Headers;
using Postern.Pages.Static;

namespace Postern.Tests.Unit.Web;

public sealed class CodingTests
{
    [Theory]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("*", "br")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("br;q=0.5, gzip;q=0.8", "gzip")]
    [InlineData("br;q=0, gzip;q=0", "identity")]
    [InlineData("deflate", "identity")]
    public void Takes_the_best_that_the_browser_accepts(string accept, string expected) =>
        Coding.Choose(StringWithQualityHeaderValue.ParseList([accept]).ToList()).ShouldBe(expected);

    [Fact]
    public void Sends_plain_to_those_who_say_nothing() => Coding.Choose(null).ShouldBe("identity");
}
