using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Postern.Licensing;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Enterprise;

/// <summary>Installing keys and what they amount to.</summary>
public sealed class LicenseTests : IAsyncLifetime
{
    LicenseServer server = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => server = await LicenseServer.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Without_a_key_nothing_is_licensed_and_nothing_refused()
    {
        var summary = await server.SummaryAsync();
        summary["status"]!.ToString().ShouldBe("unlicensed");
        summary["latest_valid"]!.ToString().ShouldBe("1970-01-01T00:00:00.000000Z");
        (await server.Admin.PostAsJsonAsync("/api/v3/core/groups/", new { name = "free" }, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_pasted_key_installs_whatever_a_mail_program_did_to_it()
    {
        var key = server.Key();
        var pasted = $"-----BEGIN LICENSE-----\r\n{string.Join("\r\n", key.Chunk(64).Select(c => new string(c)))}\r\n-----END LICENSE-----\n";

        var answer = await server.InstallAsync(pasted);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var license = (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
        license["key"]!.ToString().ShouldBe(key);
        license["name"]!.ToString().ShouldBe("Office");
        (license["internal_users"]!.GetValue<int>(), license["external_users"]!.GetValue<int>()).ShouldBe((10, 10));
        var summary = await server.SummaryAsync();
        (summary["status"]!.ToString(), summary["internal_users"]!.GetValue<int>()).ShouldBe(("valid", 10));
        (await server.Server.Database.ScalarAsync<long>("SELECT count(*) FROM event WHERE action = 'model_created' AND context->'model'->>'model_name' = 'license'")).ShouldBe(1);
    }

    [Fact]
    public async Task Two_licenses_add_up()
    {
        await server.InstallAsync(server.Key(days: 100));
        await server.InstallAsync(server.Key(days: 200, users: 5));

        var summary = await server.SummaryAsync();
        summary["internal_users"]!.GetValue<int>().ShouldBe(15);
        DateTimeOffset.Parse(summary["latest_valid"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture).ShouldBe(server.Server.Clock.GetUtcNow().AddDays(100), TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task What_is_no_key_of_ours_is_refused()
    {
        using var stranger = LicenseAuthority.Create("Stranger", server.Server.Clock.GetUtcNow());
        var good = server.Key();
        await RefusedAsync("garbage", "Unable to verify license");
        await RefusedAsync(server.Key(by: stranger), "Unable to verify license");
        await RefusedAsync(good[..^4] + "AAAA", "Unable to verify license");
        await RefusedAsync(server.Key(adjust: d => d with { Audience = LicenseAudience.Of(Guid.NewGuid()) }), "Invalid Install ID in license");
        await RefusedAsync(server.Key(days: -1), $"This license expired on {server.Server.Clock.GetUtcNow().AddDays(-1):yyyy-MM-dd}.");
        await RefusedAsync("", "This field may not be blank.");
        (await server.InstallAsync(good)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await RefusedAsync(good, "This field must be unique.");
        (await server.Server.Database.ScalarAsync<long>("SELECT count(*) FROM license")).ShouldBe(1);
    }

    [Fact]
    public async Task Numbers_changed_in_the_database_change_nothing()
    {
        await server.InstallAsync(server.Key(users: 3));
        await server.Server.Database.ExecuteAsync("UPDATE license SET internal_users = 1000, expiry = now() + interval '100 years'");
        (await server.SummaryAsync())["internal_users"]!.GetValue<int>().ShouldBe(3);
    }

    [Fact]
    public async Task A_preview_writes_nothing()
    {
        var seen = await (await server.Admin.PostAsJsonAsync($"{LicenseServer.Licenses}preview/", new { key = server.Key() }, Cancellation)).Content.ReadFromJsonAsync<JsonObject>(Cancellation);
        (seen!["after"]!["status"]!.ToString(), seen["after"]!["internal_users"]!.GetValue<int>()).ShouldBe(("valid", 10));
        (await server.SummaryAsync())["status"]!.ToString().ShouldBe("unlicensed");
    }

    [Fact]
    public async Task Only_active_people_count()
    {
        await server.Server.AddUserAsync("ann");
        await server.Server.AddUserAsync("gone", u => u.IsActive = false);
        await server.Server.AddUserAsync("guest", u => u.Type = Postern.Directory.Users.UserType.External);
        await server.Server.AddUserAsync("robot", u => u.Type = Postern.Directory.Users.UserType.ServiceAccount);
        await server.Server.AddUserAsync("daemon", u => u.Type = Postern.Directory.Users.UserType.InternalServiceAccount);

        var forecast = (await server.Admin.GetFromJsonAsync<JsonObject>($"{LicenseServer.Licenses}forecast/", Cancellation))!;
        (forecast["internal_users"]!.GetValue<int>(), forecast["external_users"]!.GetValue<int>()).ShouldBe((2, 1));
        forecast["forecasted_internal_users"]!.GetValue<int>().ShouldBe(0);
    }

    [Theory]
    [InlineData("install_id/")]
    [InlineData("forecast/")]
    [InlineData("")]
    public async Task Others_see_nothing(string path)
    {
        var ann = await server.Server.AddUserAsync("ann");
        using var client = server.Server.Program(await server.Server.AddTokenAsync(ann));
        var answer = await client.GetAsync(LicenseServer.Licenses + path, Cancellation);
        if (path.Length > 0)
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        else
            (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldNotContain("license_uuid");
        (await client.PostAsJsonAsync(LicenseServer.Licenses, new { key = server.Key() }, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await client.GetAsync($"{LicenseServer.Licenses}summary/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var nobody = server.Server.Program();
        (await nobody.GetAsync($"{LicenseServer.Licenses}summary/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    async Task RefusedAsync(string key, string text)
    {
        var answer = await server.InstallAsync(key);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["key"]![0]!.ToString().ShouldBe(text);
    }
}
