using Postern.Kernel.Access;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Blueprints;

/// <summary>Rights on single objects that entries list.</summary>
public sealed class PermissionTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    TestServer Server => fixture.Server;

    static string Granting(string permission, string holder) => $$$"""
        entries:
          - {model: authentik_rbac.role, id: helpers, identifiers: {name: Helpers}}
          - {model: authentik_core.user, id: gil, identifiers: {username: gil}, attrs: {name: Gil}}
          - model: authentik_core.group
            identifiers: {name: Guarded}
            permissions:
              - {permission: {{{permission}}}, {{{holder}}}}
        """;

    [Fact]
    public async Task A_role_gets_a_right_on_the_object_once()
    {
        var yaml = Granting("change_group", "role: !KeyOf helpers");

        (await Server.ImportAsync(yaml)).Problems().ShouldBeEmpty();
        (await Server.ImportAsync(yaml)).Problems().ShouldBeEmpty();

        (await HoldersAsync("authentik_core.change_group")).ShouldBe("Helpers");
    }

    [Fact]
    public async Task A_user_gets_a_right_through_a_role_of_their_own()
    {
        (await Server.ImportAsync(Granting("authentik_core.view_group", "user: !KeyOf gil"))).Problems().ShouldBeEmpty();

        var gil = (await Server.UserAsync("gil"))!;
        (await HoldersAsync("authentik_core.view_group")).ShouldBe($"ak-managed-role--user-{gil.Pk}");
        (await Server.Database.ScalarAsync<long>($"SELECT count(*) FROM user_role WHERE user_pk = {gil.Pk}")).ShouldBe(1);
    }

    [Theory]
    [InlineData("fly_group", "role: !KeyOf helpers", "There is no permission \"fly_group\" on Groups.")]
    [InlineData("authentik_core.view_user", "role: !KeyOf helpers", "There is no permission \"authentik_core.view_user\" on Groups.")]
    [InlineData("view_group", "role: 00000000-0000-4000-8000-000000000000", "There is no role 00000000-0000-4000-8000-000000000000.")]
    [InlineData("view_group", "user: 999999", "There is no user 999999.")]
    public async Task What_is_not_there_is_refused_with_its_line(string permission, string holder, string problem)
    {
        (await Server.ImportAsync(Granting(permission, holder))).Problems().ShouldBe([$"7: permissions: {problem}"]);
    }

    [Fact]
    public async Task Nobody_gives_what_they_do_not_hold()
    {
        await Server.ImportAsync(
            """
            entries:
              - model: authentik_rbac.role
                identifiers: {name: Clerks}
                attrs: {permissions: [authentik_core.add_group, authentik_core.view_group, authentik_core.change_group, authentik_core.delete_group]}
            """);
        var clerks = await Server.Database.ScalarAsync<Guid>("SELECT pk FROM role WHERE name = 'Clerks'");
        var clerk = new Caller(99, "clerk", IsSuperuser: false, CallerKind.User) { Roles = [clerks] };

        var report = await Server.ImportAsync(
            $$"""
            entries:
              - model: authentik_core.group
                identifiers: {name: Theirs}
                permissions:
                  - {permission: change_group, role: {{clerks}}}
                  - {permission: add_user_to_group, role: {{clerks}}}
            """,
            caller: clerk);

        report.Problems().ShouldBe(["6: permissions: User does not hold permission authentik_core.add_user_to_group."]);
        (await Server.GroupAsync("Theirs")).ShouldBeNull();
    }

    Task<string?> HoldersAsync(string permission) => Server.Database.ScalarAsync<string>(
        $"SELECT string_agg(r.name, ',') FROM role_object_permission p JOIN role r ON r.pk = p.role_pk WHERE p.permission = '{permission}'");
}
