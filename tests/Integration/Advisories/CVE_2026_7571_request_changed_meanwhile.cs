using Microsoft.AspNetCore.WebUtilities;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>What a client asked for could be changed between the request and the sign-in (Keycloak).</summary>
public sealed class CVE_2026_7571_request_changed_meanwhile(OidcServer server) : ProtocolAdvisory(server)
{
    [Fact]
    public async Task Is_checked_again()
    {
        var flow = new Flow(Oidc, await Oidc.AddApplicationAsync("resumed"));
        using var browser = Oidc.Server.Browser();
        using var asked = await browser.GetAsync(QueryHelpers.AddQueryString("/application/o/authorize/", flow.Request()), Cancellation);
        var next = QueryHelpers.ParseQuery(new Uri(Oidc.Server.Address, asked.Headers.Location!).Query)["next"].ToString();
        next.ShouldContain("response_type=code");
        await browser.GetAsync($"/test/in?user={Oidc.Person.Pk}", Cancellation);

        foreach (var type in new[] { "token", "id_token", "id_token token", "code token" })
        {
            using var changed = await browser.GetAsync(next.Replace("response_type=code", $"response_type={Uri.EscapeDataString(type)}&nonce=n", StringComparison.Ordinal), Cancellation);
            changed.Headers.Location!.OriginalString.ShouldStartWith(Flow.RedirectUri);
            changed.Headers.Location.OriginalString.ShouldNotContain("access_token=");
            changed.Headers.Location.OriginalString.ShouldNotContain("id_token=");
            changed.Headers.Location.OriginalString.ShouldContain("error=");
        }
        using var unchanged = await browser.GetAsync(next, Cancellation);
        unchanged.Headers.Location!.OriginalString.ShouldContain("code=");
    }
}
