using Microsoft.AspNetCore.WebUtilities;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>State and addresses of a request stood unescaped on a page.</summary>
public sealed class CVE_2026_42849_script_in_parameters(OidcServer server) : ProtocolAdvisory(server)
{
    [Theory]
    [InlineData("\"><script>alert(1)</script>")]
    [InlineData("'-alert(1)-'")]
    [InlineData("</form><form action=https://evil.example.com>")]
    public async Task Is_shown_as_text(string text)
    {
        var flow = new Flow(Oidc, await Oidc.AddApplicationAsync($"echo-{Guid.NewGuid():N}"));
        using var browser = await flow.SignedInAsync();
        foreach (var change in new[] { ("response_mode", "form_post", "state"), ("client_id", text, "state"), ("redirect_uri", text, "state") })
        {
            var query = flow.Request();
            query[change.Item3] = text;
            query[change.Item1] = change.Item2;
            using var response = await browser.GetAsync(QueryHelpers.AddQueryString("/application/o/authorize/", query), Cancellation);
            var page = await response.Content.ReadAsStringAsync(Cancellation);
            page.ShouldNotContain("<script>alert");
            page.ShouldNotContain("<form action=https://evil");
            response.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldContain("script-src 'self'");
        }
    }
}
