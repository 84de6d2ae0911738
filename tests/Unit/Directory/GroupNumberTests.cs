using Postern.Directory.Groups;

namespace Postern.Tests.Unit.Directory;

public sealed class GroupNumberTests
{
    [Theory]
    [InlineData("0190b3c0-0000-7000-8000-000000000000", 20805)]
    [InlineData("ffffffff-ffff-4fff-bfff-ffffffffffff", 34028)]
    [InlineData("00000000-0000-4000-8000-000000000001", 30224)]
    [InlineData("00000000-0000-0000-0000-000000000007", 7)]
    public void It_is_the_first_five_digits_of_the_key(string pk, int number) => GroupKind.NumberOf(Guid.Parse(pk)).ShouldBe(number);
}
