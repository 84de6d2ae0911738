using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Enterprise;

/// <summary>Features that an installation keeps for whoever has a licence; everything is open unless it says so.</summary>
public sealed class GateTests
{
    const string Policies = "/api/v3/policies/unique_password/";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unless_said_everything_is_open()
    {
        await using var server = await LicenseServer.StartAsync();
        (await CreateAsync(server, "open")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await server.Admin.PostAsync("/api/v3/core/users/export/", content: null, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await NeedsAsync(server, "policies/all", "uniquepasswordpolicy")).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_gated_is_written_with_a_license_only_and_read_and_deleted_without()
    {
        await using var server = await LicenseServer.StartAsync(settings: ("POSTERN_ENTERPRISE__GATED", "password_history,data_exports"));
        (await NeedsAsync(server, "policies/all", "uniquepasswordpolicy")).ShouldBeTrue();
        (await NeedsAsync(server, "policies/all", "passwordpolicy")).ShouldBeFalse();
        (await NeedsAsync(server, "stages/all", "accountlockdownstage")).ShouldBeFalse();
        await RefusedAsync(await CreateAsync(server, "early"), "Enterprise is required to create/update this object.");
        await RefusedAsync(await server.Admin.PostAsync("/api/v3/core/users/export/", content: null, Cancellation), "Enterprise is required to use this endpoint.");

        (await server.InstallAsync(server.Key(days: 30))).StatusCode.ShouldBe(HttpStatusCode.Created);
        var created = await CreateAsync(server, "history");
        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await server.Admin.PostAsync("/api/v3/core/users/export/", content: null, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Created);

        var guest = await server.Server.AddUserAsync("guest", u => u.Type = Postern.Directory.Users.UserType.External);
        await server.Server.AddGroupAsync("rulers", superuser: true, members: guest);
        using (var outside = server.Server.Program(await server.Server.AddTokenAsync(guest)))
        {
            var denied = await outside.PostAsync("/api/v3/core/users/export/", content: null, Cancellation);
            (denied.StatusCode, await denied.Content.ReadAsStringAsync(Cancellation)).ShouldBe((HttpStatusCode.Forbidden, """{"detail":"Feature only accessible for internal users."}"""));
        }

        server.Server.Clock.Advance(TimeSpan.FromDays(31));
        var policy = $"{Policies}{(await created.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["pk"]}/";
        (await server.Admin.GetAsync(policy, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await RefusedAsync(await server.Admin.PatchAsJsonAsync(policy, new { num_historical_passwords = 9 }, Cancellation), "Enterprise is required to create/update this object.");
        (await server.Admin.DeleteAsync(policy, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    static Task<HttpResponseMessage> CreateAsync(LicenseServer server, string name) => server.Admin.PostAsJsonAsync(Policies, new { name, password_field = "password", num_historical_passwords = 3 }, Cancellation);

    static async Task<bool> NeedsAsync(LicenseServer server, string family, string model) =>
        (await server.Admin.GetFromJsonAsync<JsonArray>($"/api/v3/{family}/types/", Cancellation))!.First(t => t!["model_name"]!.ToString() == model)!["requires_enterprise"]!.GetValue<bool>();

    static async Task RefusedAsync(HttpResponseMessage answer, string text)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["non_field_errors"]![0]!.ToString().ShouldBe(text);
    }
}
