using System.Text.Json.Nodes;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Authenticators;

/// <summary>Browsers that are known again, and sessions that stay where they were begun.</summary>
public sealed class KnownDeviceTests(MfaServer mfa) : IClassFixture<MfaServer>
{
    readonly TestServer server = mfa.Server;

    [Fact]
    public async Task A_browser_is_known_at_the_second_sign_in()
    {
        var user = await mfa.AddPersonAsync("knows-browser");
        using var browser = new Visitor(server);
        await browser.SignInAsync("knows-browser");
        (await KnownAsync(user.Pk)).ShouldBe("false");
        await browser.ShowAsync("default-invalidation-flow");
        await server.Database.ExecuteAsync($"DELETE FROM session WHERE user_pk = {user.Pk}");

        await browser.SignInAsync("knows-browser");
        (await KnownAsync(user.Pk)).ShouldBe("true");

        await server.Database.ExecuteAsync($"DELETE FROM session WHERE user_pk = {user.Pk}");
        using var other = new Visitor(server);
        await other.SignInAsync("knows-browser");
        (await KnownAsync(user.Pk)).ShouldBe("false");
    }

    [Theory]
    [InlineData("network_binding", "bind_asn", "network.missing")]
    [InlineData("network_binding", "bind_asn_network_ip", "network.ip")]
    [InlineData("place_binding", "bind_continent", "geoip.missing")]
    public async Task A_bound_session_ends_at_another_address_where_nothing_can_be_looked_up(string column, string bound, string reason)
    {
        var user = await mfa.AddPersonAsync($"bound-{bound}");
        using var browser = new Visitor(server);
        await browser.SignInAsync(user.Username);
        await server.Database.ExecuteAsync($"UPDATE session SET {column} = '{bound}' WHERE user_pk = {user.Pk}");
        (await browser.WhoAsync()).ShouldBe(user.Username);

        await server.Database.ExecuteAsync($"UPDATE session SET last_ip = '203.0.113.7' WHERE user_pk = {user.Pk}");

        (await browser.WhoAsync()).ShouldBeNull();
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM session WHERE user_pk = {user.Pk}")).ShouldBe(0);
        (await server.Database.ScalarAsync<string>($"SELECT context->'binding'->>'reason' FROM event WHERE action = 'logout' AND \"user\"->>'username' = '{user.Username}'")).ShouldBe(reason);
    }

    [Fact]
    public async Task The_stage_says_what_the_session_is_bound_to()
    {
        var stage = (await mfa.Admin.CallAsync("GET", "stages/user_login/?name=default-authentication-login")).Json["results"]![0]!["pk"]!.ToString();
        await mfa.Admin.CallAsync("PATCH", $"stages/user_login/{stage}/", """{"network_binding":"bind_asn_network_ip"}""");
        var user = await mfa.AddPersonAsync("bound-by-stage");
        using var browser = new Visitor(server);
        await browser.SignInAsync(user.Username);
        (await server.Database.ScalarAsync<string>($"SELECT network_binding FROM session WHERE user_pk = {user.Pk}")).ShouldBe("bind_asn_network_ip");
        await mfa.Admin.CallAsync("PATCH", $"stages/user_login/{stage}/", """{"network_binding":"no_binding"}""");
    }

    Task<string?> KnownAsync(int user) =>
        server.Database.ScalarAsync<string>($"SELECT auth_method_args->>'known_device' FROM session WHERE user_pk = {user} ORDER BY authenticated_at DESC LIMIT 1");
}
