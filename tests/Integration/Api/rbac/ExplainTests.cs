using System.Net;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Rbac;

/// <summary>Whether a user holds a permission, and by what.</summary>
public sealed class ExplainTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task The_chain_of_groups_and_roles_is_told()
    {
        using var admin = await server.SuperuserAsync();
        var ann = await server.AddUserAsync($"ann-{Guid.NewGuid():N}");
        var staff = await server.AddGroupAsync($"staff-{Guid.NewGuid():N}");
        var team = await server.AddGroupAsync($"team-{Guid.NewGuid():N}", parent: staff, members: ann);
        var readers = await server.AddRoleAsync("readers", "authentik_core.view_group");
        var owners = await server.AddRoleAsync("owners", $"authentik_core.view_group:{team}");
        await server.Database.ExecuteAsync($"INSERT INTO group_role (group_pk, role_pk) VALUES ('{staff}', '{readers}'); INSERT INTO user_role (user_pk, role_pk) VALUES ({ann.Pk}, '{owners}')");
        var everywhere = (await AskAsync(admin, ann.Pk, "authentik_core.view_group")).Json;
        everywhere["allowed"]!.GetValue<bool>().ShouldBeTrue();
        var source = everywhere["sources"]!.AsArray().ShouldHaveSingleItem()!;
        (source["role"]!.ToString(), source["one_object"]!.GetValue<bool>()).ShouldBe((readers.ToString(), false));
        source["ways"]!.AsArray().ShouldHaveSingleItem()!.AsArray().Select(g => g!["group"]!.ToString()).ShouldBe([team.ToString(), staff.ToString()]);
        var onOne = (await AskAsync(admin, ann.Pk, "authentik_core.view_group", team.ToString())).Json["sources"]!.AsArray();
        onOne.Select(s => s!["role"]!.ToString()).ShouldBe([readers.ToString(), owners.ToString()], ignoreOrder: true);
        onOne.Single(s => s!["role"]!.ToString() == owners.ToString())!["ways"]!.ToJsonString().ShouldBe("[[]]");
    }

    [Fact]
    public async Task A_refusal_names_the_roles_that_would_help()
    {
        using var admin = await server.SuperuserAsync();
        var ann = await server.AddUserAsync($"ann-{Guid.NewGuid():N}");
        var writers = await server.AddRoleAsync("writers", "authentik_core.change_brand", "authentik_brands.change_brand");
        var refused = (await AskAsync(admin, ann.Pk, "authentik_brands.change_brand")).Json;
        refused["allowed"]!.GetValue<bool>().ShouldBeFalse();
        refused["others"]!.AsArray().Select(r => r!["role"]!.ToString()).ShouldContain(writers.ToString());
        // Whoever is not active may do nothing, whatever their roles say.
        await server.Database.ExecuteAsync($"INSERT INTO user_role (user_pk, role_pk) VALUES ({ann.Pk}, '{writers}')");
        (await AskAsync(admin, ann.Pk, "authentik_brands.change_brand")).Json["allowed"]!.GetValue<bool>().ShouldBeTrue();
        await server.Database.ExecuteAsync($"UPDATE \"user\" SET is_active = false WHERE pk = {ann.Pk}");
        (await AskAsync(admin, ann.Pk, "authentik_brands.change_brand")).Json["allowed"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task A_superuser_is_told_by_which_group()
    {
        using var admin = await server.SuperuserAsync();
        var root = await server.AddUserAsync($"root-{Guid.NewGuid():N}");
        var admins = await server.AddGroupAsync($"admins-{Guid.NewGuid():N}", superuser: true, members: root);
        var told = (await AskAsync(admin, root.Pk, "authentik_core.delete_user")).Json;
        told["allowed"]!.GetValue<bool>().ShouldBeTrue();
        told["superuser"]!.AsArray().ShouldHaveSingleItem()!.AsArray().ShouldHaveSingleItem()!["group"]!.ToString().ShouldBe(admins.ToString());
    }

    [Fact]
    public async Task It_is_refused_to_who_may_not_see_roles_and_the_user()
    {
        using var admin = await server.SuperuserAsync();
        var ann = await server.AddUserAsync($"ann-{Guid.NewGuid():N}");
        using var half = await server.WithRightsAsync("authentik_core.view_user");
        (await AskAsync(half, ann.Pk, "authentik_core.view_group")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var other = await server.WithRightsAsync("authentik_rbac.view_role");
        (await AskAsync(other, ann.Pk, "authentik_core.view_group")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await AskAsync(admin, ann.Pk, "authentik_core.no_such")).Text.ShouldBe("""{"permission":["There is no such permission."]}""");
        (await AskAsync(admin, ann.Pk, "authentik_core.view_group", "nothing")).Text.ShouldBe("""{"object":["There is no such group that you may see."]}""");
        (await AskAsync(admin, 0, "authentik_core.view_group")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    static Task<Answer> AskAsync(HttpClient client, int user, string permission, string key = "") =>
        client.GetApiAsync($"rbac/permissions/explain/?user={user}&permission={permission}&object={key}");
}
