using Postern.Kernel.Settings;

namespace Postern.Tests.Unit.Kernel.Settings;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("flaw", "lawn", 2)]
    [InlineData("same", "same", 0)]
    public void Distance_counts_single_edits(string from, string to, int edits)
    {
        NearestName.Distance(from, to).ShouldBe(edits);
        NearestName.Distance(to, from).ShouldBe(edits);
    }

    [Fact]
    public void Of_equally_near_names_the_first_in_the_alphabet() => NearestName.To("B", ["C", "A"]).ShouldBe("A");
}
