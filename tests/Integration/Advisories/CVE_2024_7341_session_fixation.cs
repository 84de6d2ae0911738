using System.Net;
using Postern.Tests.Integration.Authenticators;

namespace Postern.Tests.Integration.Advisories;

/// <summary>The key of a session stayed the same when somebody signed in, so that whoever had planted it was signed in too (Keycloak). Guards the new key in Directory/Sessions/SignIn.</summary>
[Trait("Fault", "F9")]
public sealed class CVE_2024_7341_session_fixation(MfaServer mfa) : AccountAdvisory(mfa)
{
    [Fact]
    public async Task A_planted_key_is_worth_nothing_after_signing_in()
    {
        var person = await AddPersonAsync("fixed");
        var cookies = new CookieContainer();
        using var thief = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = Server.Address };
        (await thief.GetAsync($"/api/v3/flows/executor/{MfaServer.SignIn}/?query=", Cancellation)).Dispose();
        var planted = cookies.GetCookies(Server.Address)["authentik_session"]!.Value;

        using var visitor = Visitor();
        visitor.Plant("authentik_session", planted);
        (await visitor.SignInAsync(person.Username)).Component().ShouldBe("xak-flow-redirect");

        (await visitor.WhoAsync()).ShouldBe(person.Username);
        (await thief.GetAsync("/api/v3/core/users/me/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        // A key of the thief's own making opens no session either.
        using var invented = Visitor();
        invented.Plant("authentik_session", new string('A', 43));
        (await invented.WhoAsync()).ShouldBeNull();
    }
}
