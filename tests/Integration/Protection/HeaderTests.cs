using System.Net;
using Postern.Tests.Integration.Sessions;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Protection;

/// <summary>What every answer says to browsers, whatever it is.</summary>
public sealed class HeaderTests(SessionDoors doors) : IClassFixture<SessionDoors>
{
    readonly TestServer server = doors.Server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/if/admin/")]
    [InlineData("/if/user/")]
    [InlineData("/if/flow/default-authentication-flow/")]
    [InlineData("/if/flow/there-is-none/")]
    [InlineData("/nowhere/")]
    [InlineData("/if/admin/directory/users/")]
    [InlineData("/if/admin/system/brands/")]
    [InlineData("/if/docs/api/")]
    [InlineData("/api/v3/core/users/")]
    [InlineData("/api/v3/nowhere/")]
    [InlineData("/api/v3/root/config/")]
    [InlineData("/application/o/authorize/")]
    [InlineData("/application/o/token/")]
    [InlineData("/-/health/live/")]
    [InlineData("/static/nothing.css")]
    public async Task Every_answer_is_framed_by_nobody_and_loads_nothing_from_elsewhere(string path)
    {
        using var browser = server.Browser();
        browser.DefaultRequestHeaders.Add("Accept", "text/html");
        (await SessionDoors.SignInAsync(browser, await server.AddSuperuserAsync($"headers-{Guid.NewGuid():N}"))).Dispose();
        using var answer = await browser.GetAsync(path, Cancellation);
        string Header(string name) => answer.Headers.TryGetValues(name, out var values) ? values.ShouldHaveSingleItem() : $"{path} has no {name}";
        var policy = Header("Content-Security-Policy").Split(';').Select(p => p.Trim()).ToList();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain(p => p.Contains("unsafe", StringComparison.Ordinal) || p.Contains('*', StringComparison.Ordinal));
        policy.Where(p => p.StartsWith("script-src", StringComparison.Ordinal)).ShouldAllBe(p => p == "script-src 'self'");
        Header("X-Frame-Options").ShouldBe("DENY");
        Header("X-Content-Type-Options").ShouldBe("nosniff");
        Header("Referrer-Policy").ShouldBe("same-origin");
        Header("Cross-Origin-Opener-Policy").ShouldBe("same-origin");
        answer.Headers.Contains("Server").ShouldBeFalse();
    }

    [Fact]
    public async Task An_address_of_TLS_is_remembered_by_browsers()
    {
        await using var secure = await TestServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["POSTERN_BASE_URL"] = "https://id.example.org" });
        using var browser = secure.Browser();
        using var answer = await browser.GetAsync("/-/health/live/", Cancellation);
        answer.Headers.GetValues("Strict-Transport-Security").ShouldHaveSingleItem().ShouldBe("max-age=31536000");
        using var plain = await server.Browser().GetAsync("/-/health/live/", Cancellation);
        plain.Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
    }

    [Trait("Fault", "F22")]
    [Fact]
    public async Task Requests_beyond_the_limits_are_refused_and_the_server_lives_on()
    {
        using var client = server.Program();
        using (var wide = new HttpRequestMessage(HttpMethod.Get, "/if/user/"))
        {
            wide.Headers.TryAddWithoutValidation("Cookie", new string('a', 40_000));
            using var refused = await client.SendAsync(wide, Cancellation);
            refused.StatusCode.ShouldBe(HttpStatusCode.RequestHeaderFieldsTooLarge);
        }
        using (var many = new FormUrlEncodedContent(Enumerable.Range(0, 2_000).Select(i => KeyValuePair.Create($"f{i}", "x"))))
        using (var refused = await client.PostAsync("/if/flow/default-authentication-flow/", many, Cancellation))
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using (var large = new ByteArrayContent(new byte[17 * 1024 * 1024]) { Headers = { ContentType = new("application/x-www-form-urlencoded") } })
        using (var request = new HttpRequestMessage(HttpMethod.Post, "/if/flow/default-authentication-flow/") { Content = large, Headers = { ExpectContinue = true } })
        using (var refused = await client.SendAsync(request, Cancellation))
            refused.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await client.GetAsync("/-/health/ready/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
