using Postern.Kernel.Values;

namespace Postern.Tests.Unit.Kernel.Values;

public sealed class RandomTextTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(128)]
    [InlineData(1000)]
    public void Has_the_length_asked_for_and_nothing_but_letters_and_digits(int length)
    {
        var text = RandomText.Alphanumeric(length);

        text.Length.ShouldBe(length);
        text.ShouldAllBe(c => char.IsAsciiLetterOrDigit(c));
    }

    [Fact]
    public void Every_letter_is_as_likely()
    {
        var counts = RandomText.Alphanumeric(620_000).GroupBy(c => c).Select(g => g.Count()).ToList();

        counts.Count.ShouldBe(62);
        // Ten standard deviations.
        counts.ShouldAllBe(c => c > 9_000 && c < 11_000);
    }

    [Fact]
    public void No_two_are_the_same() => Enumerable.Range(0, 1000).Select(_ => RandomText.Alphanumeric(20)).Distinct(StringComparer.Ordinal).Count().ShouldBe(1000);
}
