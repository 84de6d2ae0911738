using System.Net;
using Postern.Tests.Integration.Authenticators;

namespace Postern.Tests.Integration.Advisories;

/// <summary>A cookie that could not be read let a request through as if it had been asked about. Guards Directory/Sessions: what is no key of a session is nobody's.</summary>
public sealed class CVE_2026_25748_malformed_cookies(MfaServer mfa) : AccountAdvisory(mfa)
{
    [Theory]
    [InlineData("authentik_session=")]
    [InlineData("authentik_session=%00%ff%fe")]
    [InlineData("authentik_session=\"; authentik_csrf=\"")]
    [InlineData("authentik_session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA; authentik_device=%; authentik_mfa=sealed:1:")]
    [InlineData("authentik_mfa=sealed:1:AAAA; =; ;;; authentik_session")]
    [InlineData("authentik_session=' OR 1=1 --")]
    public async Task Are_nobodys(string cookie)
    {
        using var browser = Server.Program();
        browser.DefaultRequestHeaders.TryAddWithoutValidation("Cookie", cookie);
        (await browser.GetAsync("/api/v3/core/users/me/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var console = await browser.GetAsync("/if/admin/", Cancellation);
        console.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        console.Headers.Location!.ToString().ShouldContain("/flows/-/default/authentication/");
    }
}
