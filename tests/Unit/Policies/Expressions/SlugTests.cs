using Postern.Policies.Expressions.Functions;

namespace Postern.Tests.Unit.Policies.Expressions;

public sealed class SlugTests
{
    [Theory]
    [InlineData("Hello World", "hello-world")]
    [InlineData("  a -- b  ", "a-b")]
    [InlineData("Ünï_cödé!", "uni_code")]
    [InlineData("_-x-_", "x")]
    [InlineData("日本", "")]
    public void Keeps_plain_letters(string text, string slug) => Slug.Of(text).ShouldBe(slug);
}
