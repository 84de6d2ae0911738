using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Tests.Integration.Flows;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Invitations;

/// <summary>What invitations give, and that nobody gives more than they may.</summary>
[Trait("Fault", "F26")]
public sealed class GrantTests(InvitationServer fixture) : IClassFixture<InvitationServer>
{
    static readonly string[] Inviter = ["authentik_stages_invitation.add_invitation", "authentik_stages_invitation.view_invitation", "authentik_stages_invitation.change_invitation", "authentik_flows.view_flow", "authentik_core.view_group"];

    [Fact]
    public async Task The_account_gets_groups_roles_folder_type_attributes_language_and_end()
    {
        var (group, role) = (await fixture.Server.AddGroupAsync("gift-choir"), await fixture.Server.AddRoleAsync("gift-role"));
        var ends = fixture.Server.Clock.GetUtcNow().AddDays(30);
        var pk = await PkAsync(new JsonObject
        {
            ["groups"] = new JsonArray(group.ToString()),
            ["roles"] = new JsonArray(role.ToString()),
            ["user_path"] = "users/gift",
            ["user_type"] = "internal",
            ["user_attributes"] = new JsonObject { ["cost_centre"] = 7 },
            ["locale"] = "de",
            ["account_ends"] = ends,
        });
        await fixture.EnrolAsync(pk, "gift-jane");

        var user = await fixture.UserAsync("gift-jane");
        (user["path"]!.ToString(), user["type"]!.ToString()).ShouldBe(("users/gift", "internal"));
        user["groups_obj"]!.AsArray().Select(g => g!["name"]!.ToString()).ShouldBe(["gift-choir"]);
        user["roles_obj"]!.AsArray().Select(r => r!["name"]!.ToString()).ShouldBe(["gift-role"]);
        user["attributes"]!["cost_centre"]!.GetValue<int>().ShouldBe(7);
        user["attributes"]!["settings"]!["locale"]!.ToString().ShouldBe("de");

        fixture.Server.Clock.Advance(TimeSpan.FromDays(29));
        await fixture.WorkAsync(schedules: true);
        (await fixture.UserAsync("gift-jane"))["is_active"]!.GetValue<bool>().ShouldBeTrue();
        fixture.Server.Clock.Advance(TimeSpan.FromDays(2));
        await fixture.WorkAsync(schedules: true);
        (await fixture.UserAsync("gift-jane"))["is_active"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task Nobody_gives_what_they_may_not_give_by_hand()
    {
        var (group, strong) = (await fixture.Server.AddGroupAsync("guarded"), await fixture.Server.AddGroupAsync("guarded-superusers", superuser: true));
        var role = await fixture.Server.AddRoleAsync("guarded-role", "authentik_core.delete_user");
        using var clerk = await fixture.Server.WithRightsAsync(Inviter);
        (await RefusedAsync(clerk, "groups", group)).ShouldContain("User does not have permission to add users to group guarded.");
        using var chief = await fixture.Server.WithRightsAsync([.. Inviter, "authentik_core.add_user_to_group"]);
        (await fixture.AskAsync(new JsonObject { ["groups"] = new JsonArray(group.ToString()) }, chief)).Status.ShouldBe(HttpStatusCode.Created);
        (await RefusedAsync(chief, "groups", strong)).ShouldContain("superuser group");
        (await RefusedAsync(chief, "roles", role)).ShouldContain("permission");
    }

    [Fact]
    public async Task Adding_a_group_later_is_checked_as_well()
    {
        var group = await fixture.Server.AddGroupAsync("guarded-later");
        using var clerk = await fixture.Server.WithRightsAsync(Inviter);
        var pk = (await fixture.InviteAsync(by: clerk))["pk"]!.ToString();
        (await clerk.CallAsync("PATCH", $"{InvitationServer.Invitations}{pk}/", $$"""{"groups": ["{{group}}"]}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_the_inviter_may_no_longer_give_is_left_out_and_the_link_works()
    {
        var group = await fixture.Server.AddGroupAsync("withheld");
        using var chief = await fixture.Server.WithRightsAsync([.. Inviter, "authentik_core.add_user_to_group"]);
        var pk = (await fixture.InviteAsync(new JsonObject { ["groups"] = new JsonArray(group.ToString()), ["user_path"] = "users/held" }, chief))["pk"]!.ToString();
        await fixture.Server.Database.ExecuteAsync("DELETE FROM role_permission WHERE permission = 'authentik_core.add_user_to_group'");

        (await fixture.EnrolAsync(pk, "withheld-jane"))["component"]!.ToString().ShouldBe("xak-flow-redirect");

        var user = await fixture.UserAsync("withheld-jane");
        user["groups_obj"]!.AsArray().ShouldBeEmpty();
        user["path"]!.ToString().ShouldBe("users/held");
        (await fixture.HistoryAsync(pk)).ShouldContain("withheld");
    }

    [Fact]
    public async Task A_deactivated_inviter_gives_nothing_but_the_link_works_unless_it_is_suspended()
    {
        var group = await fixture.Server.AddGroupAsync("idle-group");
        var boss = await fixture.Server.AddSuperuserAsync("idle-boss");
        using var client = fixture.Server.Program(await fixture.Server.AddTokenAsync(boss));
        var pk = (await fixture.InviteAsync(new JsonObject { ["groups"] = new JsonArray(group.ToString()) }, client))["pk"]!.ToString();
        var suspended = (await fixture.InviteAsync(new JsonObject { ["suspend_with_inviter"] = true }, client))["pk"]!.ToString();
        await fixture.Server.Database.ExecuteAsync($"UPDATE \"user\" SET is_active = false WHERE pk = {boss.Pk}");

        (await fixture.EnrolAsync(pk, "idle-jane"))["component"]!.ToString().ShouldBe("xak-flow-redirect");
        (await fixture.UserAsync("idle-jane"))["groups_obj"]!.AsArray().ShouldBeEmpty();
        using var browser = fixture.Server.Browser();
        (await EnrolmentSteps.GetAsync(browser, suspended))["error_message"]!.ToString().ShouldBe("Invalid invite/invite not found");

        await fixture.Server.Database.ExecuteAsync($"UPDATE \"user\" SET is_active = true WHERE pk = {boss.Pk}");
        (await fixture.EnrolAsync(suspended, "idle-joe"))["component"]!.ToString().ShouldBe("xak-flow-redirect");
    }

    [Theory]
    [InlineData("user_type", "service_account")]
    [InlineData("user_path", "/x")]
    [InlineData("account_ends", "2020-01-01T00:00:00Z")]
    [InlineData("send_at", "2030-01-01T00:00:00Z")]
    [InlineData("recipient", "nonsense")]
    public async Task Nonsense_is_refused_with_its_field(string field, string value)
    {
        var answer = await fixture.AskAsync(new JsonObject { [field] = value });
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Json[field is "send_at" ? "recipient" : field].ShouldNotBeNull(answer.ToString());
    }

    [Fact]
    public async Task Approval_cannot_be_passed_by_with_an_account()
    {
        var chief = await fixture.Server.AddUserAsync("passing-chief");
        (await fixture.AskAsync(new JsonObject { ["approver"] = chief.Pk, ["accept_existing"] = true })).Json["accept_existing"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Other_addresses_than_it_is_for_do_not_enrol()
    {
        var bound = await PkAsync(new JsonObject { ["recipient"] = "only@example.com", ["bind_email"] = true });
        (await fixture.EnrolAsync(bound, "bound-other"))["error_message"]!.ToString().ShouldBe("This invitation is for another e-mail address.");
        (await fixture.EnrolAsync(bound, "only"))["component"]!.ToString().ShouldBe("xak-flow-redirect");
        var domain = await PkAsync(new JsonObject { ["allowed_domains"] = new JsonArray("example.net") });
        (await fixture.EnrolAsync(domain, "domain-other"))["error_message"]!.ToString().ShouldContain("example.net");
        (await fixture.Root.GetApiAsync("core/users/?username=domain-other")).Json["results"]!.AsArray().ShouldBeEmpty();
        var fits = await PkAsync(new JsonObject { ["allowed_domains"] = new JsonArray("EXAMPLE.com") });
        (await fixture.EnrolAsync(fits, "domain-fits"))["component"]!.ToString().ShouldBe("xak-flow-redirect");
    }

    [Fact]
    public async Task People_land_in_the_application_it_names()
    {
        var application = (await fixture.Root.PostApiAsync("core/applications/", """{"name": "Harbour", "slug": "landing-harbour", "meta_launch_url": "https://harbour.example.org/"}""")).Json["pk"]!.ToString();
        var pk = await PkAsync(new JsonObject { ["landing_application"] = application });
        (await fixture.EnrolAsync(pk, "lands"))["to"]!.ToString().ShouldBe("/application/launch/landing-harbour/");
    }

    async Task<string> PkAsync(JsonObject fields) => (await fixture.InviteAsync(fields))["pk"]!.ToString();

    async Task<string> RefusedAsync(HttpClient by, string field, Guid key)
    {
        var answer = await fixture.AskAsync(new JsonObject { [field] = new JsonArray(key.ToString()) }, by);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        return answer.Json[field]!.ToJsonString();
    }
}
