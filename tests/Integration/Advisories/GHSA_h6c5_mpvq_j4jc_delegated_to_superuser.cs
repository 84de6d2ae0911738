using System.Net;
using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Advisories;

/// <summary>
/// Who looks after groups or users made themselves a superuser by way of a group's parents or a role; and Keycloak's CVE-2025-7784. Guards Directory/Rights/RightsCeiling;
/// <c>Property/Rbac/DelegationTests</c> plays it at random.
/// </summary>
public sealed class GHSA_h6c5_mpvq_j4jc_delegated_to_superuser(MfaServer mfa) : AccountAdvisory(mfa)
{
    [Fact]
    public async Task No_way_up_by_groups_and_roles()
    {
        var number = Guid.NewGuid().ToString("N");
        var superusers = await Server.AddGroupAsync($"superusers {number}", superuser: true);
        var own = await Server.AddGroupAsync($"own {number}");
        var role = await Server.AddRoleAsync($"mighty {number}", "authentik_core.change_user", "authentik_crypto.view_certificatekeypair_key");
        using var manager = await Server.WithRightsAsync(
            "authentik_core.view_user", "authentik_core.change_user", "authentik_core.add_user", "authentik_core.view_group", "authentik_core.add_group", "authentik_core.change_group",
            "authentik_core.add_user_to_group", "authentik_core.remove_user_from_group", "authentik_rbac.view_role", "authentik_rbac.change_role");
        var me = (await manager.GetApiAsync("core/users/me/")).Json["user"]!["pk"]!;
        (await manager.PostApiAsync($"core/groups/{own}/add_user/", $$"""{"pk": {{me}}}""")).Status.ShouldBe(HttpStatusCode.NoContent);

        (string Method, string Path, string Body)[] ways =
        [
            ("PATCH", $"core/groups/{own}/", """{"is_superuser": true}"""),
            ("PATCH", $"core/groups/{own}/", $$"""{"parents": ["{{superusers}}"]}"""),
            ("PATCH", $"core/groups/{own}/", $$"""{"roles": ["{{role}}"]}"""),
            ("PATCH", $"core/groups/{superusers}/", $$"""{"users": [{{me}}]}"""),
            ("POST", "core/groups/", $$"""{"name": "new {{number}}", "is_superuser": true, "users": [{{me}}]}"""),
            ("POST", "core/groups/", $$"""{"name": "below {{number}}", "parents": ["{{superusers}}"], "users": [{{me}}]}"""),
            ("POST", $"core/groups/{superusers}/add_user/", $$"""{"pk": {{me}}}"""),
            ("POST", $"rbac/roles/{role}/add_user/", $$"""{"pk": {{me}}}"""),
            ("PATCH", $"core/users/{me}/", $$"""{"groups": ["{{superusers}}"]}"""),
            ("PATCH", $"core/users/{me}/", $$"""{"roles": ["{{role}}"]}"""),
        ];
        foreach (var (method, path, body) in ways)
            (await manager.CallAsync(method, path, body)).Status.ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.BadRequest, HttpStatusCode.NotFound);
        var after = (await manager.GetApiAsync("core/users/me/")).Json["user"]!;
        after["is_superuser"]!.GetValue<bool>().ShouldBeFalse();
        (await Server.Database.ScalarAsync<long>($"SELECT count(*) FROM user_role WHERE user_pk = {me} AND role_pk = '{role}'")).ShouldBe(0);
    }
}
