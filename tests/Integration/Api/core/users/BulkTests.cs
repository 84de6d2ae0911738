using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Users;
using Postern.Jobs;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core.Users;

/// <summary><c>/core/users/bulk/</c>.</summary>
public sealed class BulkTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task Every_action_changes_the_selection()
    {
        using var admin = await server.SuperuserAsync();
        var ann = await server.AddUserAsync("bulk-ann");
        var bob = await server.AddUserAsync("bulk-bob");
        var cat = await server.AddUserAsync("bulk-cat");
        var group = await server.AddGroupAsync("bulk-group");
        await server.AddSessionAsync(ann);
        var users = $"\"users\":[{ann.Pk},{bob.Pk}]";

        await DoneAsync(admin, $"{{\"action\":\"deactivate\",{users}}}");
        (await ColumnAsync("is_active", ann, bob, cat)).ShouldBe("False False True");
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM session WHERE user_pk = {ann.Pk}")).ShouldBe(0);
        await DoneAsync(admin, $"{{\"action\":\"activate\",{users}}}");
        (await ColumnAsync("is_active", ann, bob, cat)).ShouldBe("True True True");
        await DoneAsync(admin, $"{{\"action\":\"move\",\"path\":\"bulk/moved\",{users}}}");
        (await ColumnAsync("path", ann, bob, cat)).ShouldBe("bulk/moved bulk/moved users");
        await DoneAsync(admin, $"{{\"action\":\"add_to_group\",\"group\":\"{group}\",{users}}}");
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM user_group WHERE group_pk = '{group}'")).ShouldBe(2);
        await DoneAsync(admin, $"{{\"action\":\"remove_from_group\",\"group\":\"{group}\",{users}}}");
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM user_group WHERE group_pk = '{group}'")).ShouldBe(0);
        await server.AddSessionAsync(ann);
        await server.AddSessionAsync(cat);
        (await DoneAsync(admin, $"{{\"action\":\"revoke_sessions\",{users}}}")).Member("failed").ShouldBe("0");
        (await server.Database.ScalarAsync<string>("SELECT string_agg(username, ' ') FROM session JOIN \"user\" ON \"user\".pk = user_pk WHERE username LIKE 'bulk-%'")).ShouldBe("bulk-cat");
        await DoneAsync(admin, $"{{\"action\":\"delete\",{users}}}");
        (await admin.GetApiAsync("core/users/?search=bulk-ann")).Each("pk").ShouldBeEmpty();
        (await admin.GetApiAsync("core/users/recycle_bin/")).Each("username").ShouldBe(["\"bulk-ann\"", "\"bulk-bob\""], ignoreOrder: true);
    }

    [Fact]
    public async Task A_query_is_counted_before_and_changed_as_a_whole()
    {
        using var admin = await server.SuperuserAsync();
        foreach (var name in new[] { "query-a", "query-b", "query-c" })
            await server.AddUserAsync(name, u => u.Path = "query");
        const string query = "\"query\":{\"search\":\"path = \\\"query\\\" and username != \\\"query-c\\\"\"}";
        (await admin.PostApiAsync("core/users/bulk/", $"{{\"action\":\"move\",\"path\":\"found\",\"preview\":true,{query}}}")).ToString().ShouldBe("""200 {"count":2}""");
        var done = await DoneAsync(admin, $"{{\"action\":\"move\",\"path\":\"found\",{query}}}");
        (done.Member("total"), done.Member("done"), done.Member("failed")).ShouldBe(("2", "2", "0"));
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM \"user\" WHERE path = 'found'")).ShouldBe(2);
    }

    [Fact]
    public async Task A_whole_folder_moves_with_what_is_below_it()
    {
        using var admin = await server.SuperuserAsync();
        var top = await server.AddUserAsync("whole-top", u => u.Path = "whole/north");
        var below = await server.AddUserAsync("whole-below", u => u.Path = "whole/north/a/b");
        var beside = await server.AddUserAsync("whole-beside", u => u.Path = "whole/northern");
        (await admin.PostApiAsync("core/users/bulk/", """{"action":"move_folder","folder":"whole/north","path":"archive/2026","preview":true}""")).ToString().ShouldBe("""200 {"count":2}""");
        var done = await DoneAsync(admin, """{"action":"move_folder","folder":"whole/north","path":"archive/2026"}""");
        (done.Member("done"), done.Member("failed")).ShouldBe(("2", "0"));
        (await ColumnAsync("path", top, below, beside)).ShouldBe("archive/2026 archive/2026/a/b whole/northern");
    }

    [Theory]
    [InlineData("""{"action":"move_folder","folder":"x","path":"x/y"}""", "path", "A folder cannot be moved into itself.")]
    [InlineData("""{"action":"move_folder","folder":"x","path":"x"}""", "path", "A folder cannot be moved into itself.")]
    [InlineData("""{"action":"move_folder","path":"x"}""", "folder", "This field may not be blank.")]
    [InlineData("""{"action":"move_folder","folder":"x"}""", "path", "This field may not be blank.")]
    [InlineData("""{"action":"move_folder","folder":"x","path":"/y"}""", "path", "No leading or trailing slashes allowed.")]
    public async Task Folders_move_to_good_places_only(string body, string field, string message)
    {
        using var admin = await server.SuperuserAsync();
        (await admin.PostApiAsync("core/users/bulk/", body)).ToString().ShouldBe($$"""400 {"{{field}}":["{{message}}"]}""");
    }

    [Fact]
    public async Task Each_user_is_asked_for_and_refusals_are_listed()
    {
        var mine = await server.AddUserAsync("bulk-mine");
        var other = await server.AddUserAsync("bulk-other");
        var root = await server.AddSuperuserAsync("bulk-root");
        using var part = await server.WithRightsAsync("authentik_core.view_user", $"authentik_core.change_user:{mine.Pk}", $"authentik_core.change_user:{root.Pk}");
        var done = await DoneAsync(part, $"{{\"action\":\"deactivate\",\"users\":[{mine.Pk},{other.Pk},{root.Pk},999999]}}");
        (done.Member("done"), done.Member("failed")).ShouldBe(("4", "3"));
        done.Json["problems"]!.AsArray().Select(p => p!["pk"]!.GetValue<int>()).ShouldBe([other.Pk, root.Pk, 999999]);
        (await ColumnAsync("is_active", mine, other, root)).ShouldBe("False True True");
    }

    [Fact]
    public async Task All_that_a_query_finds_are_signed_out_by_who_may_end_sessions_and_sees_them()
    {
        foreach (var name in new[] { "out-a", "out-b" })
            await server.AddSessionAsync(await server.AddUserAsync(name, u => u.Path = "out"));
        const string body = "{\"action\":\"revoke_sessions\",\"query\":{\"search\":\"path = \\\"out\\\" and sessions > 0\"}}";
        const string left = "SELECT count(*) FROM session JOIN \"user\" ON \"user\".pk = user_pk WHERE path = 'out'";
        using var viewer = await server.WithRightsAsync("authentik_core.view_user");
        (await DoneAsync(viewer, body)).Member("failed").ShouldBe("2");
        (await server.Database.ScalarAsync<long>(left)).ShouldBe(2);
        using var helper = await server.WithRightsAsync("authentik_core.view_user", "authentik_core.delete_authenticatedsession");
        (await DoneAsync(helper, body)).Member("done").ShouldBe("2");
        (await server.Database.ScalarAsync<long>(left)).ShouldBe(0);
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM event WHERE context->'model'->>'name' LIKE 'out-%' AND context->'diff'->'sessions'->>'previous_value' = '1'")).ShouldBe(2);
    }

    [Fact]
    public async Task Nobody_joins_people_to_groups_above_their_own_rights()
    {
        var ann = await server.AddUserAsync("bulk-climber");
        var roots = await server.AddGroupAsync("bulk-roots", superuser: true);
        using var delegated = await server.WithRightsAsync("authentik_core.view_user", "authentik_core.view_group", "authentik_core.add_user_to_group");
        var done = await DoneAsync(delegated, $"{{\"action\":\"add_to_group\",\"group\":\"{roots}\",\"users\":[{ann.Pk}]}}");
        done.Member("failed").ShouldBe("1");
        (await server.Database.ScalarAsync<long>($"SELECT count(*) FROM user_group WHERE group_pk = '{roots}'")).ShouldBe(0);
    }

    [Fact]
    public async Task Ones_own_account_is_left_alone()
    {
        var root = await server.AddSuperuserAsync("bulk-self");
        using var admin = server.Program(await server.AddTokenAsync(root));
        foreach (var action in new[] { "deactivate", "revoke_sessions", "delete" })
            (await DoneAsync(admin, $"{{\"action\":\"{action}\",\"users\":[{root.Pk}]}}")).Member("problems").ShouldContain("This is your own account.");
        (await ColumnAsync("is_active", root)).ShouldBe("True");
    }

    [Fact]
    public async Task What_was_cancelled_before_it_began_changes_nothing()
    {
        using var admin = await server.SuperuserAsync();
        var ann = await server.AddUserAsync("bulk-spared");
        var id = (await admin.PostApiAsync("core/users/bulk/", $"{{\"action\":\"deactivate\",\"users\":[{ann.Pk}]}}")).Json["pk"]!.ToString();
        using var stranger = await server.WithRightsAsync("authentik_core.view_user");
        (await stranger.CallAsync("POST", $"core/user_batches/{id}/cancel/")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await admin.CallAsync("POST", $"core/user_batches/{id}/cancel/")).Status.ShouldBe(HttpStatusCode.NoContent);
        await WorkAsync();
        (await admin.GetApiAsync($"core/user_batches/{id}/")).Member("state").ShouldBe("\"cancelled\"");
        (await ColumnAsync("is_active", ann)).ShouldBe("True");
    }

    [Fact]
    public async Task A_requester_who_was_deactivated_meanwhile_does_nothing_any_more()
    {
        var root = await server.AddSuperuserAsync("bulk-gone");
        using var admin = server.Program(await server.AddTokenAsync(root));
        var ann = await server.AddUserAsync("bulk-kept");
        var id = (await admin.PostApiAsync("core/users/bulk/", $"{{\"action\":\"deactivate\",\"users\":[{ann.Pk}]}}")).Json["pk"]!.ToString();
        await server.Database.ExecuteAsync($"UPDATE \"user\" SET is_active = false WHERE pk = {root.Pk}");
        await WorkAsync();
        using var other = await server.SuperuserAsync();
        (await other.GetApiAsync($"core/user_batches/{id}/")).Member("state").ShouldBe("\"failed\"");
        (await ColumnAsync("is_active", ann)).ShouldBe("True");
    }

    [Theory]
    [InlineData("{}", """400 {"action":["This field is required."]}""")]
    [InlineData("""{"action":"explode","users":[1]}""", """400 {"action":["\"explode\" is not a valid choice."]}""")]
    [InlineData("""{"action":"import","users":[1]}""", """400 {"action":["\"import\" is not a valid choice."]}""")]
    [InlineData("""{"action":"activate"}""", """400 {"users":["Name users, or give a query; an empty query is everybody."]}""")]
    [InlineData("""{"action":"activate","users":["x"]}""", """400 {"users":["Expected a list of primary keys."]}""")]
    [InlineData("""{"action":"activate","users":[]}""", """400 {"users":["Name between 1 and 10000 users, or choose them by a query."]}""")]
    [InlineData("""{"action":"move","users":[1]}""", """400 {"path":["This field may not be blank."]}""")]
    [InlineData("""{"action":"add_to_group","users":[1]}""", """400 {"group":["This field may not be blank."]}""")]
    [InlineData("""{"action":"add_to_group","group":"x","users":[1]}""", """400 {"group":["There is no such group."]}""")]
    [InlineData("""{"action":"activate","query":{"type":"robot"}}""", """400 {"type":["Select a valid choice. robot is not one of the available choices."]}""")]
    public async Task Refuses_malformed_requests(string body, string answer)
    {
        using var admin = await server.SuperuserAsync();
        (await admin.PostApiAsync("core/users/bulk/", body)).ToString().ShouldBe(answer);
    }

    [Fact]
    public async Task Needs_sight_of_users()
    {
        using var nobody = server.Program();
        (await nobody.PostApiAsync("core/users/bulk/", """{"action":"activate","users":[1]}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var other = await server.WithRightsAsync("authentik_core.view_group");
        (await other.PostApiAsync("core/users/bulk/", """{"action":"activate","users":[1]}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    async Task<Answer> DoneAsync(HttpClient client, string body)
    {
        var asked = await client.PostApiAsync("core/users/bulk/", body);
        asked.Status.ShouldBe(HttpStatusCode.Created, asked.Text);
        await WorkAsync();
        var done = await client.GetApiAsync($"core/user_batches/{asked.Json["pk"]}/");
        done.Member("state").ShouldBe("\"finished\"", done.Text);
        return done;
    }

    async Task<string> ColumnAsync(string column, params User[] users)
    {
        var values = new List<string>();
        foreach (var user in users)
            values.Add((await server.Database.ScalarAsync<object>($"SELECT {column} FROM \"user\" WHERE pk = {user.Pk}"))!.ToString()!);
        return string.Join(' ', values);
    }

    async Task WorkAsync() => await server.Services.GetRequiredService<JobRunner>().RunDueAsync(Cancellation);
}
