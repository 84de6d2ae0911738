using Postern.Tests.Integration.Sessions;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Protection;

/// <summary>Cookies are for this host alone, and over TLS under names that no other host can set.</summary>
public sealed class CookieTests(SessionDoors doors) : IClassFixture<SessionDoors>
{
    readonly TestServer server = doors.Server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Over_TLS_they_are_secure_and_of_this_host()
    {
        var user = await server.AddUserAsync($"cookies-{Guid.NewGuid():N}");
        using var client = server.Program();
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var signedIn = await SessionDoors.SignInAsync(client, user);
        var cookies = signedIn.Headers.GetValues("Set-Cookie").ToList();
        cookies.Count.ShouldBeGreaterThan(1);
        cookies.ShouldAllBe(c => c.StartsWith("__Host-authentik_", StringComparison.Ordinal) && c.Contains("; path=/", StringComparison.Ordinal) && c.Contains("; secure", StringComparison.Ordinal)
            && c.Contains("; samesite=lax", StringComparison.Ordinal) && !c.Contains("domain=", StringComparison.Ordinal));
        cookies.Where(c => !c.StartsWith("__Host-authentik_csrf=", StringComparison.Ordinal)).ShouldAllBe(c => c.Contains("; httponly", StringComparison.Ordinal));

        var key = cookies.Last(c => c.StartsWith("__Host-authentik_session=", StringComparison.Ordinal)).Split(';')[0];
        (await WhoAsync(client, key)).ShouldBe(user.Username);
        // A name that plain HTTP and hosts beside this one can set counts for nothing.
        (await WhoAsync(client, key["__Host-".Length..])).ShouldNotBe(user.Username);
    }

    [Fact]
    public async Task For_a_domain_they_bear_no_such_name()
    {
        await using var shared = await TestServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["POSTERN_COOKIE_DOMAIN"] = "example.org" });
        using var client = shared.Program();
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var answer = await client.GetAsync("/api/v3/flows/executor/default-authentication-flow/?query=", Cancellation);
        answer.Headers.GetValues("Set-Cookie").ShouldAllBe(c => c.StartsWith("authentik_", StringComparison.Ordinal) && c.Contains("domain=example.org", StringComparison.Ordinal) && c.Contains("secure", StringComparison.Ordinal));
    }

    static async Task<string?> WhoAsync(HttpClient client, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/test/who") { Headers = { { "Cookie", cookie } } };
        using var answer = await client.SendAsync(request, Cancellation);
        return System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).RootElement.GetProperty("username").GetString();
    }
}
