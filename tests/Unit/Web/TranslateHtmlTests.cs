using Postern.Pages.Words;

namespace Postern.Tests.Unit.Web;

/// <summary>The texts of a page are put into another language, and nothing else of it changes.</summary>
public sealed class TranslateHtmlTests
{
    [Theory]
    [InlineData("<p>Yes</p>", "<p>Ja &amp; gern</p>")]
    [InlineData("<p>\n  Yes\n</p>", "<p>\n  Ja &amp; gern\n</p>")]
    [InlineData("<p>Yes <b>Yes</b> no</p>", "<p>Ja &amp; gern <b>Ja &amp; gern</b> no</p>")]
    [InlineData("<p>It&#x27;s\n   open</p>", "<p>Es ist offen</p>")]
    [InlineData("<a title=\"Yes\" href=\"Yes\" data-x='Yes'>x</a>", "<a title=\"Ja &amp; gern\" href=\"Yes\" data-x='Yes'>x</a>")]
    [InlineData("<input placeholder=\"Yes\" value=\"Yes\" required><br/>Yes", "<input placeholder=\"Ja &amp; gern\" value=\"Yes\" required><br/>Ja &amp; gern")]
    [InlineData("<td translate=\"no\" title=\"Yes\"><b>Yes</b></td><td>Yes</td>", "<td translate=\"no\" title=\"Yes\"><b>Yes</b></td><td>Ja &amp; gern</td>")]
    [InlineData("<pre>Yes</pre><code>Yes</code><textarea>Yes <b></textarea><script>Yes < 1</script>Yes", "<pre>Yes</pre><code>Yes</code><textarea>Yes <b></textarea><script>Yes < 1</script>Ja &amp; gern")]
    [InlineData("<!DOCTYPE html><!-- Yes --><title>Yes - Postern</title><title>Yes</title>", "<!DOCTYPE html><!-- Yes --><title>Ja &amp; gern - Postern</title><title>Ja &amp; gern</title>")]
    [InlineData("<p>12 Yes", "<p>12 Yes")]
    public void Texts_and_spoken_attributes_change(string english, string german) => TranslateHtml.Execute(english, Words).ShouldBe(german);

    [Fact]
    public void A_translation_cannot_bring_markup_in() =>
        TranslateHtml.Execute("<p title=\"x\">x</p>", _ => "<b>\"'&").ShouldBe("<p title=\"&lt;b&gt;&quot;&#39;&amp;\">&lt;b&gt;&quot;&#39;&amp;</p>");

    static string? Words(string text) => text switch { "Yes" => "Ja & gern", "It's open" => "Es ist offen", _ => null };
}
