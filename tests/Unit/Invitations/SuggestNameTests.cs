using Postern.Invitations;

namespace Postern.Tests.Unit.Invitations;

public sealed class SuggestNameTests
{
    static readonly DateTimeOffset November = new(2026, 11, 30, 23, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Jane Doe", "", "jane-doe-2026-11")]
    [InlineData("  Zoë  O'Neill-Łuk ", "", "zoe-o-neill-uk-2026-11")]
    [InlineData("", "jane.doe@example.com", "jane-doe-2026-11")]
    [InlineData("", "", "invitation-2026-11")]
    [InlineData("李", "", "invitation-2026-11")]
    public void Names_are_slugs_with_the_month(string person, string email, string name) => SuggestName.For(person, email, November).ShouldBe(name);
}
