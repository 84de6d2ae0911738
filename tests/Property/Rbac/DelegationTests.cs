using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Postern.Directory.Users;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Property.Rbac;

/// <summary>
/// In any installation, whatever a delegated administrator tries, and whoever they come to control by it: nobody they control holds a right that they did not
/// hold before. Each act is tried by everybody they control, over the API.
/// </summary>
public sealed class DelegationTests : IAsyncLifetime
{
    TestServer server = null!;
    int games;
    int done;

    public async ValueTask InitializeAsync() => server = await TestServer.StartAsync();

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public void Nobody_reaches_a_right_they_did_not_have()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(40), Prop.ForAll(Delegation.Games().ToArbitrary(), game => PlayAsync(game.Item1, game.Item2).GetAwaiter().GetResult()));
        // A game in which everything is refused proves nothing.
        done.ShouldBeGreaterThan(40);
    }

    async Task<bool> PlayAsync(Graph graph, Act[] acts)
    {
        var world = await World.MakeAsync(server, graph, ++games);
        var before = await world.RightsAsync([world.Users[0].Pk]);
        var controlled = new List<User> { world.Users[0] };
        foreach (var act in acts)
        {
            foreach (var actor in controlled.ToList())
            {
                using var client = server.Program(await server.AddTokenAsync(actor));
                var outcome = await TryAsync(client, world, act);
                if (outcome.Worked)
                    done++;
                if (outcome.Gained is { } gained && controlled.TrueForAll(c => c.Pk != gained.Pk))
                    controlled.Add(gained);
                var now = await world.RightsAsync([.. controlled.Select(c => c.Pk)]);
                if (before.Missing(now) is { } surplus)
                    throw new InvalidOperationException($"{act} by {actor.Username} led to {surplus}");
            }
        }
        return true;
    }

    /// <summary>Whether it was allowed, and whom the actor controls from then on.</summary>
    static async Task<(bool Worked, User? Gained)> TryAsync(HttpClient client, World world, Act act)
    {
        var (user, group, other, role) = (world.Users[act.User], world.Groups[act.Group], world.Groups[act.Other], world.Roles[act.Role]);
        var right = Delegation.All[act.Right];
        var name = $"new-{Guid.NewGuid():N}";
        Task<Answer> Call(string method, string path, string body) => client.CallAsync(method, path, body);
        var answer = act.Kind switch
        {
            "join" => await Call("PATCH", $"core/users/{user.Pk}/", $$"""{"groups": ["{{group}}"], "roles": ["{{role}}"]}"""),
            "add" => await Call("POST", $"core/groups/{group}/add_user/", $$"""{"pk": {{user.Pk}}}"""),
            "assign" => await Call("POST", $"rbac/roles/{role}/add_user/", $$"""{"pk": {{user.Pk}}}"""),
            "parent" => await Call("PATCH", $"core/groups/{group}/", $$"""{"parents": ["{{other}}"]}"""),
            "member" => await Call("PATCH", $"core/groups/{group}/", $$"""{"users": [{{user.Pk}}]}"""),
            "group-role" => await Call("PATCH", $"core/groups/{group}/", $$"""{"roles": ["{{role}}"]}"""),
            "superuser" => await Call("PATCH", $"core/groups/{group}/", """{"is_superuser": true}"""),
            "grant" => await Call("POST", $"rbac/permissions/assigned_by_roles/{role}/assign/", $$"""{"permissions": ["{{right}}"]}"""),
            "grant-one" => await Call("POST", $"rbac/permissions/assigned_by_roles/{role}/assign/", $$"""{"permissions": ["authentik_core.change_group"], "model": "authentik_core.group", "object_pk": "{{group}}"}"""),
            "password" => await Call("POST", $"core/users/{user.Pk}/set_password/", """{"password": "known to the actor"}"""),
            "token" => await Call("POST", "core/tokens/", $$"""{"identifier": "{{name}}", "user": {{user.Pk}}}"""),
            "new-user" => await Call("POST", "core/users/", $$"""{"username": "{{name}}", "name": "", "groups": ["{{group}}"], "roles": ["{{role}}"]}"""),
            "new-group" => await Call("POST", "core/groups/", $$"""{"name": "{{name}}", "parents": ["{{other}}"], "roles": ["{{role}}"], "users": [{{user.Pk}}]}"""),
            _ => await Call("GET", $"core/tokens/{world.Token(act.User)}/view_key/", ""),
        };
        var worked = (int)answer.Status is >= 200 and < 300;
        return (worked, !worked ? null : act.Kind switch
        {
            "password" or "key" => user,
            "token" when answer.Json["user"]!.GetValue<int>() == user.Pk => user,
            "new-user" => new User { Pk = answer.Json["pk"]!.GetValue<int>(), Username = answer.Json["username"]!.ToString() },
            _ => null,
        });
    }
}
