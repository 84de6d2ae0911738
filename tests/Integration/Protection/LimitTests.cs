using System.Net;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Protection;

/// <summary>Shares of an address, of an account, of wrong credentials, and of all at once.</summary>
public sealed class LimitTests
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/v3/flows/executor/default-authentication-flow/?query=")]
    [InlineData("/api/v3/core/users/")]
    [InlineData("/application/o/token/")]
    [InlineData("/if/flow/default-recovery-flow/")]
    public async Task One_address_has_its_share_and_others_theirs(string door)
    {
        await using var server = await StartAsync("ADDRESS", 4);
        using var client = At(server, "198.51.100.1");
        for (var i = 0; i < 4; i++)
            (await client.GetAsync(door, Cancellation)).StatusCode.ShouldNotBe(HttpStatusCode.TooManyRequests);

        using var refused = await client.GetAsync(door, Cancellation);

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        (await refused.Content.ReadAsStringAsync(Cancellation)).ShouldContain("Too many requests from your network address. Try again in ");
        using var other = At(server, "198.51.100.2");
        (await other.GetAsync(door, Cancellation)).StatusCode.ShouldNotBe(HttpStatusCode.TooManyRequests);
        // Who watches the server is not counted.
        (await client.GetAsync("/-/health/live/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task One_network_of_IPv6_is_one_address()
    {
        await using var server = await StartAsync("ADDRESS", 2);
        foreach (var (address, status) in new[] { ("2001:db8::1", 200), ("2001:db8::2", 200), ("2001:db8::3:4", 429), ("2001:db8:0:1::1", 200) })
        {
            using var client = At(server, address);
            ((int)(await client.GetAsync("/api/v3/root/config/", Cancellation)).StatusCode).ShouldBe(status, address);
        }
    }

    [Fact]
    public async Task Wrong_credentials_have_a_share_of_their_own()
    {
        await using var server = await StartAsync("FAILURES", 3);
        using var guesser = At(server, "198.51.100.1");
        foreach (var i in Enumerable.Range(0, 3))
        {
            using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "x"), new("client_secret", $"{i}")]);
            ((int)(await guesser.PostAsync("/application/o/token/", form, Cancellation)).StatusCode).ShouldBeOneOf(400, 401);
        }
        using var token = At(server, "198.51.100.1");
        token.DefaultRequestHeaders.Authorization = new("Bearer", await server.AddTokenAsync(await server.AddUserAsync("right")));

        using var refused = await token.GetAsync("/api/v3/core/users/me/", Cancellation);

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await refused.Content.ReadAsStringAsync(Cancellation)).ShouldContain("Too many wrong credentials");
        // People behind that address still sign in: their failures are counted by account.
        (await guesser.GetAsync("/api/v3/flows/executor/default-authentication-flow/?query=", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task One_account_has_its_share_from_however_many_addresses()
    {
        await using var server = await StartAsync("ACCOUNT", 3);
        var key = await server.AddTokenAsync(await server.AddUserAsync("busy"));
        for (var i = 1; i <= 4; i++)
        {
            using var client = At(server, $"198.51.100.{i}");
            client.DefaultRequestHeaders.Authorization = new("Bearer", key);
            ((int)(await client.GetAsync("/api/v3/core/users/me/", Cancellation)).StatusCode).ShouldBe(i <= 3 ? 200 : 429);
        }
    }

    [Fact]
    public async Task All_together_get_what_can_be_answered_at_once()
    {
        var (entered, leave) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = await TestServer.StartAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["POSTERN_LIMITS__AT_ONCE"] = "1" },
            services => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<Postern.Api.IRequestStep>(services, new TestDoor("/test", async _ =>
            {
                entered.SetResult();
                await leave.Task;
            })));
        using var client = server.Program();
        var slow = client.GetAsync("/test", Cancellation);
        await entered.Task;

        using var refused = await client.GetAsync("/api/v3/root/config/", Cancellation);

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        leave.SetResult();
        (await slow).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/api/v3/root/config/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Trait("Fault", "F12")]
    [Fact]
    public async Task Only_configured_names_are_answered()
    {
        await using var server = await TestServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["POSTERN_TRUSTED_HOSTS"] = "id.example.org,*.example.com" });
        foreach (var (host, status) in new[] { ("id.example.org", 200), ("ID.example.org:8443", 200), ("a.b.example.com", 200), ("example.com", 400), ("evil.org", 400), ("id.example.org.evil.org", 400), ("evilexample.com", 400) })
        {
            using var client = server.Program();
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v3/root/config/") { Headers = { Host = host } };
            ((int)(await client.SendAsync(request, Cancellation)).StatusCode).ShouldBe(status, host);
        }
        using var probe = server.Program();
        (await probe.GetAsync("/-/health/ready/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    static Task<TestServer> StartAsync(string limit, int value) =>
        TestServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { [$"POSTERN_LIMITS__{limit}"] = $"{value}" });

    static HttpClient At(TestServer server, string address)
    {
        var client = server.Program();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return client;
    }
}
