using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Passwords;
using Postern.Directory.Users;
using Postern.Rbac.Grants;
using Postern.Storage;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Blueprints;

/// <summary>What is there once an installation has started for the first time.</summary>
public sealed class FirstStartTests : IAsyncLifetime
{
    const string Token = "the-token-of-the-first-start";
    TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await TestServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AUTHENTIK_BOOTSTRAP_EMAIL"] = "first@example.org",
        ["AUTHENTIK_BOOTSTRAP_PASSWORD"] = "the first password",
        ["AUTHENTIK_BOOTSTRAP_TOKEN"] = Token,
    });

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task An_administrator_a_role_that_looks_the_brand_transports_and_mappings_are_there()
    {
        using var admin = server.Program(Token);
        var me = (await admin.GetApiAsync("core/users/me/")).Json["user"]!;
        (me["username"]!.ToString(), me["email"]!.ToString(), me["is_superuser"]!.GetValue<bool>()).ShouldBe(("akadmin", "first@example.org", true));
        me["groups"]!.AsArray().Select(g => g!["name"]!.ToString()).ShouldBe(["authentik Admins"]);
        (await server.InScopeAsync(async s =>
        {
            var user = await s.GetRequiredService<PosternDb>().Set<User>().SingleAsync(u => u.Username == "akadmin", TestContext.Current.CancellationToken);
            return (await s.GetRequiredService<CheckPassword>().ExecuteAsync(user, "the first password", TestContext.Current.CancellationToken)).Value;
        })).ShouldBeTrue();

        var readers = (await admin.GetApiAsync("core/groups/?name=authentik Read-only")).Json["results"]!.AsArray().ShouldHaveSingleItem()!;
        readers["is_superuser"]!.GetValue<bool>().ShouldBeFalse();
        readers["roles_obj"]!.AsArray().ShouldHaveSingleItem()!["name"]!.ToString().ShouldBe("authentik Read-only");
        var held = (await server.Database.ScalarAsync<string[]>("SELECT array_agg(permission) FROM role_permission JOIN role ON role.pk = role_pk WHERE role.name = 'authentik Read-only'"))!;
        held.ShouldAllBe(p => p.Contains(".view_", StringComparison.Ordinal));
        var looking = server.Services.GetRequiredService<PermissionCatalogue>().All.Where(p => p.Codename == $"view_{p.Model}" && p.App != "authentik_tasks" && p.App != "authentik_tasks_schedules").Select(p => p.Name);
        looking.Except(held).ShouldBeEmpty();

        var brand = (await admin.GetApiAsync("core/brands/")).Json["results"]!.AsArray().ShouldHaveSingleItem()!;
        (brand["domain"]!.ToString(), brand["default"]!.GetValue<bool>()).ShouldBe(("authentik-default", true));
        foreach (var flow in new[] { "flow_authentication", "flow_invalidation", "flow_user_settings" })
            brand[flow].ShouldNotBeNull(flow);
        (await admin.GetApiAsync("events/transports/")).Each("name").ShouldBe(["\"default-email-transport\"", "\"default-local-transport\""], ignoreOrder: true);
        (await admin.GetApiAsync("propertymappings/provider/scope/")).Each("scope_name").ShouldBe(["\"openid\"", "\"email\"", "\"profile\"", "\"entitlements\"", "\"offline_access\"", "\"goauthentik.io/api\""], ignoreOrder: true);
    }
}
