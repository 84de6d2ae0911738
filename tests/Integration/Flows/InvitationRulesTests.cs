using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Postern.Tests.Support.Servers;
using static Postern.Tests.Integration.Flows.EnrolmentSteps;

namespace Postern.Tests.Integration.Flows;

/// <summary>What keeps an invitation's link open and what closes it.</summary>
public sealed class InvitationRulesTests : IAsyncLifetime
{
    const string Token = "an-api-token-for-the-test";
    const string Refusal = "Invalid invite/invite not found";

    TestServer server = null!;
    HttpClient admin = null!;
    HttpClient browser = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["POSTERN_BOOTSTRAP_TOKEN"] = Token });
        (admin, browser) = (server.Program(Token), server.Browser());
    }

    public async ValueTask DisposeAsync()
    {
        admin.Dispose();
        browser.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task An_invitation_without_a_flow_opens_each()
    {
        await ImportAsync(admin);
        await ImportAsync(admin, new JsonObject { ["flow_slug"] = "other", ["stage_name"] = "other-invitation" });
        var invitation = await InviteAsync(admin, flow: null, []);

        (await GetAsync(browser, invitation, "other"))["component"]!.ToString().ShouldBe("ak-stage-prompt");
        (await GetAsync(browser, invitation))["component"]!.ToString().ShouldBe("ak-stage-prompt");
    }

    [Fact]
    public async Task A_stage_may_let_through_who_has_none()
    {
        await ImportAsync(admin, new JsonObject { ["continue_flow_without_invitation"] = true });

        (await EnrolAsync(browser, "", "walk-in"))["component"]!.ToString().ShouldBe("xak-flow-redirect");
    }

    [Fact]
    public async Task An_invitation_of_many_uses_stays()
    {
        var invitation = await InviteAsync(admin, await ImportAsync(admin), [], isSingleUse: false);

        (await EnrolAsync(browser, invitation, "first"))["component"]!.ToString().ShouldBe("xak-flow-redirect");
        using var another = server.Browser();
        (await EnrolAsync(another, invitation, "second"))["component"]!.ToString().ShouldBe("xak-flow-redirect");
    }

    [Fact]
    public async Task Deleting_an_invitation_closes_its_link_at_once()
    {
        var invitation = await InviteAsync(admin, []);
        await GetAsync(browser, invitation);
        await AnswerAsync(browser, invitation, Credentials("late"));

        (await admin.DeleteAsync($"/api/v3/stages/invitation/invitations/{invitation}/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var end = await AnswerAsync(browser, invitation, new JsonObject { ["name"] = "Late", ["email"] = "late@example.com" });
        end["error_message"]!.ToString().ShouldBe(Refusal);
        (await UsersAsync("late")).ShouldBe(0);
    }

    [Trait("Fault", "F26")]
    [Fact]
    public async Task The_creators_deactivation_leaves_the_link_and_their_deletion_closes_it()
    {
        var flow = await ImportAsync(admin);
        var clerk = (await (await admin.PostAsJsonAsync("/api/v3/core/users/", new { username = "clerk", name = "Clerk" }, Cancellation)).Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["pk"]!.GetValue<int>();
        var invitation = await InviteAsync(admin, flow, []);
        await server.Database.ExecuteAsync($"UPDATE invitation SET created_by_pk = {clerk}");

        await admin.PatchAsJsonAsync($"/api/v3/core/users/{clerk}/", new { is_active = false }, Cancellation);
        (await GetAsync(browser, invitation))["component"]!.ToString().ShouldBe("ak-stage-prompt");

        (await admin.DeleteAsync($"/api/v3/core/users/{clerk}/", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var another = server.Browser();
        (await GetAsync(another, invitation))["error_message"]!.ToString().ShouldBe(Refusal);
    }

    [Fact]
    public async Task A_setting_lets_opening_use_a_single_use_invitation_up()
    {
        var invitation = await InviteAsync(admin, []);
        (await admin.PatchAsJsonAsync("/api/v3/admin/settings/", new { invitation_burn_on_open = true }, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await EnrolAsync(browser, invitation, "opener"))["component"]!.ToString().ShouldBe("xak-flow-redirect");
        using var another = server.Browser();
        (await GetAsync(another, invitation))["error_message"]!.ToString().ShouldBe(Refusal);
    }

    [Fact]
    public async Task With_that_setting_the_second_to_open_is_refused()
    {
        var invitation = await InviteAsync(admin, []);
        await admin.PatchAsJsonAsync("/api/v3/admin/settings/", new { invitation_burn_on_open = true }, Cancellation);

        (await GetAsync(browser, invitation))["component"]!.ToString().ShouldBe("ak-stage-prompt");
        using var another = server.Browser();
        (await GetAsync(another, invitation))["error_message"]!.ToString().ShouldBe(Refusal);
    }

    [Fact]
    public async Task Policies_see_the_invitation_in_effect()
    {
        var flow = await ImportAsync(admin);
        var binding = (await admin.GetFromJsonAsync<JsonObject>($"/api/v3/flows/bindings/?target={flow}&order=10", Cancellation))!["results"]![0]!["policybindingmodel_ptr_id"]!.ToString();
        const string expression = "return not (context.get('invitation_in_effect', False) and context['invitation'].fixed_data.get('skip'))";
        var policy = (await (await admin.PostAsJsonAsync("/api/v3/policies/expression/", new { name = "not-skipped", expression }, Cancellation)).Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["pk"]!.ToString();
        (await admin.PostAsJsonAsync("/api/v3/policies/bindings/", new { policy, target = binding, order = 0 }, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await admin.PatchAsJsonAsync($"/api/v3/flows/bindings/{binding}/", new { re_evaluate_policies = true, evaluate_on_plan = false }, Cancellation);

        var asked = await GetAsync(browser, await InviteAsync(admin, flow, []));
        asked["fields"]![0]!["field_key"]!.ToString().ShouldBe("username");
        using var another = server.Browser();
        var skipped = await GetAsync(another, await InviteAsync(admin, flow, new JsonObject { ["skip"] = true }));
        skipped["fields"]![0]!["field_key"]!.ToString().ShouldBe("name");
    }

    async Task<int> UsersAsync(string username) =>
        (await admin.GetFromJsonAsync<JsonObject>($"/api/v3/core/users/?username={username}", Cancellation))!["pagination"]!["count"]!.GetValue<int>();
}
