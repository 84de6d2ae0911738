using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Postern.Web.Flow;

namespace Postern.Tests.Property.Web;

public sealed partial class RichTextTests
{
    static readonly string[] pieces =
    [
        "<", ">", "</", "/>", "<!--", "-->", "<!", "<?", "\"", "'", "=", " ", "\n", "&lt;", "&#60;", "&amp;", "a", "b", "script", "svg", "p", "href", "onload",
        "javascript:", "https://e.example/", "<a href=", "<b>", "</b>", "<script>", "</script>", "<style", "<p ", "\0", "é", "<br",
    ];

    /// <summary>Whatever comes in, only tags in the one form that the sanitizer writes come out.</summary>
    [Fact]
    public void Writes_nothing_but_its_own_tags() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(20_000), Prop.ForAll(Html().ToArbitrary(), html =>
    {
        var rest = OwnTag().Replace(RichText.Sanitize(html), "");
        return !rest.Contains('<') && !rest.Contains('>');
    }));

    static Gen<string> Html() => Gen.OneOf(Gen.Elements(pieces), ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get)).ListOf().Select(string.Concat);

    [GeneratedRegex("</?(b|i|em|strong|code|br|p|ul|ol|li|h[1-4]|span)>|<a( href=\"(?!javascript:)[^\"<>]*\" rel=\"noopener noreferrer\")?>|</a>")]
    private static partial Regex OwnTag();
}
