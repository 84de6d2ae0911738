using Postern.Web.Flow;

namespace Postern.Tests.Unit.Web;

public sealed class RichTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("plain text", "plain text")]
    [InlineData("a <b>bold</b> word", "a <b>bold</b> word")]
    [InlineData("one<br>two<BR/>three", "one<br>two<br>three")]
    [InlineData("<ul><li>one<li>two</ul>", "<ul><li>one<li>two</li></li></ul>")]
    [InlineData("<b>never closed", "<b>never closed</b>")]
    [InlineData("closed</b> too often", "closed too often")]
    [InlineData("1 < 2 & 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2")]
    [InlineData("&lt;b&gt; stays text", "&lt;b&gt; stays text")]
    [InlineData("<!-- unseen -->seen", "seen")]
    [InlineData("<table><tr><td>text stays</td></tr></table>", "text stays")]
    public void Keeps_what_is_harmless(string? html, string expected) => RichText.Sanitize(html).ShouldBe(expected);

    [Theory]
    [InlineData("https://example.com/a?b=c&d=e", "https://example.com/a?b=c&amp;d=e")]
    [InlineData("http://example.com/", "http://example.com/")]
    [InlineData("/if/flow/enrol/", "/if/flow/enrol/")]
    [InlineData("#terms", "#terms")]
    public void Keeps_addresses_of_the_web(string address, string expected) =>
        RichText.Sanitize($"<a href=\"{address}\">x</a>").ShouldBe($"<a href=\"{expected}\" rel=\"noopener noreferrer\">x</a>");

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData(" javascript:alert(1)")]
    [InlineData("&#106;avascript:alert(1)")]
    [InlineData("java&#10;script:alert(1)")]
    [InlineData("java&Tab;script:alert(1)")]
    [InlineData("&#x01;javascript:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("vbscript:msgbox(1)")]
    [InlineData("blob:https://example.com/1")]
    [InlineData("\\\\evil.example/")]
    public void Drops_every_other_address(string address) => RichText.Sanitize($"<a href=\"{address}\">x</a>").ShouldBe("<a>x</a>");

    [Theory]
    [InlineData("<script>alert(1)</script>safe")]
    [InlineData("<SCRIPT SRC=//evil.example/x.js></SCRIPT >safe")]
    [InlineData("<style>body{display:none}</style>safe")]
    [InlineData("<svg onload=alert(1)><a href=x>inner</a></svg>safe")]
    [InlineData("<iframe src=https://evil.example></iframe>safe")]
    [InlineData("<template><b>inner</b></template>safe")]
    public void Drops_what_runs_or_styles_with_its_content(string html) => RichText.Sanitize(html).ShouldBe("safe");

    [Theory]
    [InlineData("<b onclick=alert(1) style='color:red' class=x id=y>x</b>", "<b>x</b>")]
    [InlineData("<p/onmouseover=alert(1)>x</p>", "<p>x</p>")]
    [InlineData("<a name=x href='/a' onclick=\"alert('>')\">x</a>", "<a href=\"/a\" rel=\"noopener noreferrer\">x</a>")]
    [InlineData("<img src=x onerror=alert(1)>", "")]
    [InlineData("<form action=/x><input name=password></form>", "")]
    [InlineData("<meta http-equiv=refresh content=0>", "")]
    public void Drops_other_elements_and_every_other_attribute(string html, string expected) => RichText.Sanitize(html).ShouldBe(expected);
}
