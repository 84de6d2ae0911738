using System.Net;
using Postern.Directory.Tokens;
using Postern.Tests.Support.Servers;
using static Postern.Tests.Integration.Sessions.SessionDoors;

namespace Postern.Tests.Integration.Sessions;

public sealed class CredentialsTests(SessionDoors doors) : IClassFixture<SessionDoors>
{
    const string Door = "/api/v3/events/events/actions/";
    readonly TestServer server = doors.Server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    async Task<(HttpStatusCode Status, string Body)> AskAsync(string? authorization)
    {
        using var client = server.Program();
        if (authorization is not null)
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        var response = await client.GetAsync(Door, Cancellation);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_token_opens_the_door_whatever_the_case_of_its_scheme()
    {
        var key = await server.AddTokenAsync(await server.AddUserAsync("program"));
        (await AskAsync($"Bearer {key}")).Status.ShouldBe(HttpStatusCode.OK);
        (await AskAsync($"bearer {key}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(null, "Authentication credentials were not provided.")]
    [InlineData("Bearer", "Authentication credentials were not provided.")]
    [InlineData("Bearer ", "Authentication credentials were not provided.")]
    [InlineData("Bearer  ", "Authentication credentials were not provided.")]
    [InlineData("Bearer unknown", "Token invalid/expired")]
    [InlineData("Basic dTpw", "Unsupported authentication type")]
    public async Task Other_credentials_do_not(string? authorization, string detail)
    {
        var (status, body) = await AskAsync(authorization);
        status.ShouldBe(HttpStatusCode.Forbidden);
        body.ShouldBe($$"""{"detail":"{{detail}}"}""");
    }

    [Fact]
    public async Task Expired_tokens_tokens_for_other_ends_and_tokens_of_inactive_users_do_not()
    {
        var user = await server.AddUserAsync("owner");
        var retired = await server.AddUserAsync("retired-owner", u => u.IsActive = false);
        string[] keys =
        [
            await server.AddTokenAsync(user, t => (t.Expiring, t.Expires) = (true, server.Clock.GetUtcNow())),
            await server.AddTokenAsync(user, t => t.Intent = TokenIntent.AppPassword),
            await server.AddTokenAsync(user, t => t.Intent = TokenIntent.Recovery),
            await server.AddTokenAsync(retired),
        ];
        foreach (var key in keys)
            (await AskAsync($"Bearer {key}")).Body.ShouldBe("""{"detail":"Token invalid/expired"}""");

        var live = await server.AddTokenAsync(user, t => (t.Expiring, t.Expires) = (true, server.Clock.GetUtcNow().AddSeconds(1)));
        (await AskAsync($"Bearer {live}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Trait("Fault", "F10")]
    [Theory]
    [InlineData(true, "right", null, HttpStatusCode.MethodNotAllowed, "Method \\\"POST\\\" not allowed.")]
    [InlineData(true, null, null, HttpStatusCode.Forbidden, "CSRF Failed: CSRF token missing.")]
    [InlineData(true, "wrong", null, HttpStatusCode.Forbidden, "CSRF Failed: CSRF token from the 'X-authentik-CSRF' HTTP header incorrect.")]
    [InlineData(false, "right", null, HttpStatusCode.Forbidden, "CSRF Failed: CSRF cookie not set.")]
    [InlineData(true, "right", "https://evil.example", HttpStatusCode.Forbidden, "CSRF Failed: Origin checking failed - https://evil.example does not match any trusted origins.")]
    public async Task Unsafe_calls_by_session_repeat_its_token(bool cookie, string? header, string? origin, HttpStatusCode status, string detail)
    {
        var user = await server.AddUserAsync($"csrf-{Guid.NewGuid()}");
        using var browser = server.Browser();
        var cookies = (await SignInAsync(browser, user)).Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]).ToList();
        var token = cookies.Last(c => c.StartsWith("authentik_csrf=", StringComparison.Ordinal));
        using var client = server.Program();
        using var request = new HttpRequestMessage(HttpMethod.Post, Door);
        request.Headers.Add("Cookie", cookies.Last(c => c.StartsWith("authentik_session=", StringComparison.Ordinal)) + (cookie ? "; " + token : ""));
        if (header is not null)
            request.Headers.Add("X-authentik-CSRF", string.Equals(header, "right", StringComparison.Ordinal) ? token.Split('=', 2)[1] : header);
        if (origin is not null)
            request.Headers.Add("Origin", origin);

        var response = await client.SendAsync(request, Cancellation);

        response.StatusCode.ShouldBe(status);
        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldBe($$"""{"detail":"{{detail}}"}""");
    }

    [Fact]
    public async Task Tokens_and_nobody_need_no_csrf_token()
    {
        using var program = server.Program(await server.AddTokenAsync(await server.AddUserAsync("no-csrf")));
        (await program.PostAsync(Door, content: null, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        using var nobody = server.Program();
        (await nobody.PostAsync(Door, content: null, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }
}
