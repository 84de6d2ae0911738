using Postern.Kernel.Values;

namespace Postern.Tests.Unit.Kernel.Values;

public sealed class DurationTests
{
    [Theory]
    [InlineData("days=1", 86400)]
    [InlineData("hours=3;minutes=1", 10860)]
    [InlineData("WEEKS=1; Days=0.5", 648000)]
    [InlineData("seconds=-90", -90)]
    [InlineData("milliseconds=1500", 1.5)]
    [InlineData("microseconds=2000000", 2)]
    [InlineData("fortnights=2;seconds=5", 5)]
    [InlineData("seconds=5;", 5)]
    [InlineData("minutes=1;minutes=1", 120)]
    public void Pairs_add_up(string text, double seconds) => Duration.Parse(text).TotalSeconds.ShouldBe(seconds);

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("hours")]
    [InlineData("=3")]
    [InlineData("hours=many")]
    [InlineData("fortnights=2")]
    [InlineData("hours=1,minutes=1")]
    [InlineData("weeks=1e300")]
    public void Others_are_refused(string text)
    {
        Duration.TryParse(text, out _).ShouldBeFalse();
        Should.Throw<FormatException>(() => Duration.Parse(text)).Message.ShouldBe($"{text} is not in the correct format of 'hours=3;minutes=1'.");
    }
}
