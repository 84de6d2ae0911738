using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support.Places;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Sessions;

/// <summary>Sessions that stay in the network or place where they were begun, by databases of networks and places.</summary>
public sealed class BoundSessionTests : IAsyncLifetime
{
    readonly DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("postern-places-");
    TestServer server = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "city.mmdb"), TinyMmdb.Cities, Cancellation);
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "asn.mmdb"), TinyMmdb.Networks, Cancellation);
        server = await TestServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["POSTERN_EVENTS__CONTEXT_PROCESSORS__GEOIP"] = Path.Combine(folder.FullName, "city.mmdb"),
            ["AUTHENTIK_EVENTS__CONTEXT_PROCESSORS__ASN"] = Path.Combine(folder.FullName, "asn.mmdb"),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("bind_asn", "no_binding", TinyMmdb.Munich, null)]
    [InlineData("bind_asn", "no_binding", TinyMmdb.Paris, "network.asn")]
    [InlineData("bind_asn", "no_binding", TinyMmdb.Nowhere, "network.missing")]
    [InlineData("bind_asn_network", "no_binding", TinyMmdb.BerlinToo, null)]
    [InlineData("bind_asn_network", "no_binding", TinyMmdb.Munich, "network.asn_network")]
    [InlineData("bind_asn_network_ip", "no_binding", TinyMmdb.BerlinToo, "network.ip")]
    [InlineData("no_binding", "bind_continent", TinyMmdb.Paris, null)]
    [InlineData("no_binding", "bind_continent", TinyMmdb.Boston, "geoip.continent")]
    [InlineData("no_binding", "bind_continent_country", TinyMmdb.Munich, null)]
    [InlineData("no_binding", "bind_continent_country", TinyMmdb.Paris, "geoip.country")]
    [InlineData("no_binding", "bind_continent_country_city", TinyMmdb.Munich, "geoip.city")]
    [InlineData("no_binding", "bind_continent", TinyMmdb.Nowhere, "geoip.missing")]
    [InlineData("bind_asn", "bind_continent_country_city", TinyMmdb.Munich, "geoip.city")]
    [InlineData("no_binding", "no_binding", TinyMmdb.Nowhere, null)]
    public async Task A_session_ends_where_its_binding_does_not_reach(string network, string place, string address, string? reason)
    {
        using var admin = await server.SuperuserAsync();
        var stage = (await admin.CallAsync("GET", "stages/user_login/?name=default-authentication-login")).Json["results"]![0]!["pk"]!;
        await admin.CallAsync("PATCH", $"stages/user_login/{stage}/", $$"""{"network_binding":"{{network}}","geoip_binding":"{{place}}"}""");
        await server.AddUserAsync("traveller", u => u.Password = Directory.Passwords.PasswordHash.Encode(MfaServer.Password, 1000));
        using var browser = new Visitor(server);
        MoveTo(browser, TinyMmdb.Berlin);
        (await browser.SignInAsync("traveller")).Component().ShouldBe("xak-flow-redirect");

        MoveTo(browser, address);

        (await browser.WhoAsync()).ShouldBe(reason is null ? "traveller" : null);
        (await server.Database.ScalarAsync<string?>("SELECT context->'binding'->>'reason' FROM event WHERE action = 'logout'")).ShouldBe(reason);
        if (reason is not null)
        {
            (await server.Database.ScalarAsync<string>("SELECT concat_ws(', ', context->>'logout_reason', context->'ip'->>'previous', context->'ip'->>'new') FROM event WHERE action = 'logout'")).ShouldBe($"Session binding broken, {TinyMmdb.Berlin}, {address}");
        }
    }

    [Fact]
    public async Task The_api_and_events_and_reputation_tell_network_and_place()
    {
        using var admin = await server.SuperuserAsync();
        (await admin.CallAsync("GET", "root/config/")).Member("capabilities").ShouldBe("""["can_save_reports","is_enterprise","can_impersonate","can_geo_ip","can_asn"]""");
        await server.AddUserAsync("placed", u => u.Password = Directory.Passwords.PasswordHash.Encode(MfaServer.Password, 1000));
        using var browser = new Visitor(server);
        MoveTo(browser, TinyMmdb.Berlin);
        await browser.SignInAsync("placed");

        var session = (await admin.CallAsync("GET", "core/authenticated_sessions/?user__username=placed")).Json["results"]![0]!;
        session["geo_ip"]!.ToJsonString().ShouldBe("""{"continent":"EU","country":"DE","lat":52.5,"long":13.4,"city":"Berlin"}""");
        session["asn"]!.ToJsonString().ShouldBe("""{"asn":64500,"as_org":"North","network":"203.0.113.0/24"}""");
        (await server.Database.ScalarAsync<string>("SELECT context->'geo'->>'city' FROM event WHERE action = 'login'")).ShouldBe("Berlin");
        (await server.Database.ScalarAsync<string>("SELECT ip_asn_data->>'as_org' FROM reputation WHERE identifier = 'placed'")).ShouldBe("North");
    }

    [Fact]
    public async Task A_database_that_is_replaced_is_read_anew_and_a_damaged_one_knows_nothing()
    {
        using var admin = await server.SuperuserAsync();
        var user = await server.AddUserAsync("replaced");
        await server.AddSessionAsync(user);
        (await CityAsync(admin)).ShouldBe("Berlin");

        var path = Path.Combine(folder.FullName, "city.mmdb");
        await File.WriteAllTextAsync(path, "rubbish", Cancellation);
        File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1));
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        (await CityAsync(admin)).ShouldBeNull();
        await File.WriteAllBytesAsync(path, TinyMmdb.Cities, Cancellation);
        File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(2));
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        (await CityAsync(admin)).ShouldBe("Berlin");
    }

    static async Task<string?> CityAsync(HttpClient admin) => (await admin.CallAsync("GET", "core/authenticated_sessions/?user__username=replaced")).Json["results"]![0]!["geo_ip"]?["city"]?.ToString();

    static void MoveTo(Visitor browser, string address)
    {
        browser.Http.DefaultRequestHeaders.Remove("X-Forwarded-For");
        browser.Http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
    }
}
