using System.Text.Json.Nodes;
using Postern.Applications;

namespace Postern.Tests.Unit.Applications;

public sealed class LaunchUrlTests
{
    static readonly JsonObject User = JsonNode.Parse("""
        {"pk":7,"username":"ann","name":"Ann Ash","email":"ann@example.org","uid":"abc","is_active":true,"last_login":null,"attributes":{"a":1}}
        """)!.AsObject();

    [Theory]
    [InlineData("https://a.example.org/", "https://a.example.org/")]
    [InlineData("https://a.example.org/%(username)s", "https://a.example.org/ann")]
    [InlineData("https://a.example.org/?m=%(email)s&u=%(uid)s", "https://a.example.org/?m=ann@example.org&u=abc")]
    [InlineData("/users/%(pk)s/%(is_active)s/%(last_login)s", "/users/7/True/None")]
    [InlineData("/%(username)s/100%%", "/ann/100%")]
    // What cannot be filled stays as it is written.
    [InlineData("/%(unknown)s/%(username)s", "/%(unknown)s/%(username)s")]
    [InlineData("/a%20b", "/a%20b")]
    [InlineData("/a%", "/a%")]
    [InlineData("/%(username)", "/%(username)")]
    [InlineData("/%(username)d", "/%(username)d")]
    public void Placeholders(string url, string filled) => LaunchUrl.Fill(url, User).ShouldBe(filled);

    [Theory]
    [InlineData("https://a.example.org", true)]
    [InlineData("HTTP://a", true)]
    [InlineData("/application/o/x/", true)]
    [InlineData("goauthentik.io://terminal", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("//evil.example.org", false)]
    [InlineData("/\\evil.example.org", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("blank://blank", false)]
    public void Shown_are_addresses_a_browser_opens(string? url, bool shown) => LaunchUrl.IsShown(url).ShouldBe(shown);

    [Theory]
    [InlineData("https://a.example.org/%(username)s", true)]
    [InlineData("http://%(username)s.example.org", true)]
    [InlineData("/path", true)]
    [InlineData("%(username)s", true)]
    [InlineData("//evil", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("https://", false)]
    [InlineData("https://a b", false)]
    [InlineData("words", false)]
    public void Accepted(string url, bool accepted) => (LaunchUrl.Refusal(url) is null).ShouldBe(accepted);
}
