using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Postern.Jobs;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core.Users;

/// <summary><c>/core/users/recycle_bin/</c>.</summary>
public sealed class RecycleBinTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task Comes_back_with_what_belonged_to_the_account()
    {
        using var admin = await server.SuperuserAsync();
        var ann = await server.AddUserAsync("bin-ann");
        var group = await server.AddGroupAsync("bin-group", members: ann);
        using var program = server.Program(await server.AddTokenAsync(ann));
        await server.AddSessionAsync(ann);
        (await program.GetApiAsync("core/users/me/")).Status.ShouldBe(HttpStatusCode.OK);

        (await admin.CallAsync("POST", $"core/users/{ann.Pk}/recycle/")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await admin.GetApiAsync($"core/users/{ann.Pk}/")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await admin.CallAsync("PATCH", $"core/users/{ann.Pk}/", """{"is_active":true}""")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await program.GetApiAsync("core/users/me/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM session WHERE user_pk = {ann.Pk}")).ShouldBe(0);
        (await admin.PostApiAsync("core/users/", """{"username":"BIN-ANN","name":""}""")).ToString().ShouldBe("""400 {"username":["This field must be unique."]}""");
        (await admin.GetApiAsync("core/users/recycle_bin/?search=bin-ann")).Each("username").ShouldBe(["\"bin-ann\""]);

        (await admin.CallAsync("POST", $"core/users/recycle_bin/{ann.Pk}/restore/")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await program.GetApiAsync("core/users/me/")).Status.ShouldBe(HttpStatusCode.OK);
        (await admin.GetApiAsync($"core/users/{ann.Pk}/")).Member("groups").ShouldBe($"[\"{group}\"]");
        (await admin.GetApiAsync("core/users/recycle_bin/?search=bin-ann")).Each("username").ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_was_inactive_before_stays_so()
    {
        using var admin = await server.SuperuserAsync();
        var user = await server.AddUserAsync("bin-inactive", u => u.IsActive = false);
        await admin.CallAsync("POST", $"core/users/{user.Pk}/recycle/");
        await admin.CallAsync("POST", $"core/users/recycle_bin/{user.Pk}/restore/");
        (await admin.GetApiAsync($"core/users/{user.Pk}/")).Member("is_active").ShouldBe("false");
    }

    [Fact]
    public async Task Purging_by_hand_and_the_api_delete_are_final()
    {
        using var admin = await server.SuperuserAsync();
        var ann = await server.AddUserAsync("bin-purged");
        (await admin.CallAsync("DELETE", $"core/users/recycle_bin/{ann.Pk}/")).Status.ShouldBe(HttpStatusCode.NotFound);
        await admin.CallAsync("POST", $"core/users/{ann.Pk}/recycle/");
        (await admin.CallAsync("DELETE", $"core/users/recycle_bin/{ann.Pk}/")).Status.ShouldBe(HttpStatusCode.NoContent);
        var bob = await server.AddUserAsync("bin-deleted");
        (await admin.CallAsync("DELETE", $"core/users/{bob.Pk}/")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM \"user\" WHERE pk IN ({ann.Pk}, {bob.Pk})")).ShouldBe(0);
    }

    [Fact]
    public async Task Rights_are_those_of_deleting()
    {
        var ann = await server.AddUserAsync("bin-kept");
        var root = await server.AddSuperuserAsync("bin-root");
        using var viewer = await server.WithRightsAsync("authentik_core.view_user", "authentik_core.change_user");
        (await viewer.CallAsync("POST", $"core/users/{ann.Pk}/recycle/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var deleter = await server.WithRightsAsync("authentik_core.view_user", "authentik_core.delete_user");
        (await deleter.CallAsync("POST", $"core/users/{root.Pk}/recycle/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await deleter.CallAsync("POST", $"core/users/{ann.Pk}/recycle/")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await viewer.CallAsync("POST", $"core/users/recycle_bin/{ann.Pk}/restore/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await viewer.CallAsync("DELETE", $"core/users/recycle_bin/{ann.Pk}/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var nobody = server.Program();
        (await nobody.GetApiAsync("core/users/recycle_bin/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var other = await server.WithRightsAsync("authentik_core.view_group");
        (await other.GetApiAsync("core/users/recycle_bin/")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await other.CallAsync("POST", $"core/users/recycle_bin/{ann.Pk}/restore/")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_bin_is_emptied_after_the_time_of_the_settings()
    {
        using var admin = await server.SuperuserAsync();
        var old = await server.AddUserAsync("bin-old");
        var recent = await server.AddUserAsync("bin-recent");
        foreach (var user in new[] { old, recent })
            await admin.CallAsync("POST", $"core/users/{user.Pk}/recycle/");
        (await admin.CallAsync("PATCH", "admin/settings/", """{"recycle_bin_retention":"days=7"}""")).Status.ShouldBe(HttpStatusCode.OK);
        await server.Database.ExecuteAsync($"UPDATE \"user\" SET binned_on = binned_on - interval '8 days' WHERE pk = {old.Pk}");
        var runner = server.Services.GetRequiredService<JobRunner>();
        await server.Database.ExecuteAsync("INSERT INTO job (kind, payload, created_at, run_at, attempts, last_error) VALUES ('directory.recycle_bin', '{}', now(), now() - interval '1 day', 0, '')");
        await runner.RunDueAsync(TestContext.Current.CancellationToken);
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM \"user\" WHERE pk = {old.Pk}")).ShouldBe(0);
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM \"user\" WHERE pk = {recent.Pk}")).ShouldBe(1);
    }
}
