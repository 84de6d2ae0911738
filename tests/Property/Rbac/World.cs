using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Tokens;
using Postern.Directory.Users;
using Postern.Storage;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Property.Rbac;

/// <summary>A graph as it stands in the database of a server.</summary>
sealed record World(TestServer Server, int Number, IReadOnlyList<User> Users, IReadOnlyList<Guid> Groups, IReadOnlyList<Guid> Roles)
{
    public static async Task<World> MakeAsync(TestServer server, Graph graph, int number)
    {
        var users = new List<User>();
        for (var u = 0; u < Delegation.Users; u++)
            users.Add(await server.AddUserAsync($"game-{number}-{u}"));
        var groups = new List<Guid>();
        for (var g = 0; g < Delegation.Groups; g++)
            groups.Add(await server.AddGroupAsync($"game-{number}-{g}", superuser: g == Delegation.Superusers));
        var keys = new Dictionary<string, Func<int, string>>(StringComparer.Ordinal) { ["user"] = u => $"{users[u].Pk}", ["group"] = g => $"{groups[g]}" };
        var roles = new List<Guid>();
        for (var r = 0; r < Delegation.Roles; r++)
            roles.Add(await server.AddRoleAsync($"game-{number}-{r}"));
        keys["role"] = r => $"{roles[r]}";
        await server.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<PosternDb>();
            for (var r = 0; r < roles.Count; r++)
            {
                foreach (var right in graph.Rights[r].Distinct())
                    Grant(db, roles[r], right, keys);
            }
            for (var u = 0; u < users.Count; u++)
                db.Add(new Token { Identifier = $"game-{number}-{u}", Key = Guid.NewGuid().ToString("N"), Intent = TokenIntent.Api, UserPk = users[u].Pk, Expiring = false });
            return await db.SaveChangesAsync();
        });
        await PairsAsync(server, "group_parent (child_pk, parent_pk)", graph.Parents, g => $"'{groups[g]}'", g => $"'{groups[g]}'");
        await PairsAsync(server, "user_group (user_pk, group_pk)", graph.Memberships, u => $"{users[u].Pk}", g => $"'{groups[g]}'");
        await PairsAsync(server, "group_role (group_pk, role_pk)", graph.GroupRoles, g => $"'{groups[g]}'", r => $"'{roles[r]}'");
        await PairsAsync(server, "user_role (user_pk, role_pk)", graph.UserRoles, u => $"{users[u].Pk}", r => $"'{roles[r]}'");
        // The administrator of the game is no superuser by any way.
        await server.Database.ExecuteAsync($"""
            DELETE FROM user_group WHERE user_pk = {users[0].Pk} AND EXISTS (SELECT FROM group_ancestors(group_pk) a JOIN "group" g ON g.pk = a WHERE g.is_superuser)
            """);
        return new World(server, number, users, groups, roles);
    }

    /// <summary>Identifier of a token that the user had from the start.</summary>
    public string Token(int user) => $"game-{Number}-{user}";

    /// <summary>What the users may do together.</summary>
    public async Task<Holdings> RightsAsync(IReadOnlyList<int> users)
    {
        var list = string.Join(',', users);
        var superuser = await Server.Database.ScalarAsync<bool>($"SELECT coalesce(bool_or(r.is_superuser), false) FROM unnest(ARRAY[{list}]) u CROSS JOIN LATERAL user_rights(u) r");
        var everywhere = await Server.Database.ScalarAsync<string[]>($"SELECT array_agg(DISTINCT p.permission) FROM unnest(ARRAY[{list}]) u CROSS JOIN LATERAL user_rights(u) r JOIN role_permission p ON p.role_pk = ANY(r.roles)");
        var single = await Server.Database.ScalarAsync<string[]>($"SELECT array_agg(DISTINCT p.permission || ' ' || p.object_pk) FROM unnest(ARRAY[{list}]) u CROSS JOIN LATERAL user_rights(u) r JOIN role_object_permission p ON p.role_pk = ANY(r.roles)");
        return new Holdings(superuser, (everywhere ?? []).ToHashSet(StringComparer.Ordinal), (single ?? []).ToHashSet(StringComparer.Ordinal));
    }

    static void Grant(PosternDb db, Guid role, Right right, Dictionary<string, Func<int, string>> keys)
    {
        if (right.On is not { } on)
        {
            db.Add(new Postern.Rbac.Grants.RolePermission { RolePk = role, Permission = right.Name });
            return;
        }
        // The kind a right is about: what stands last in its name, except where the right is an act of its own.
        var kind = right.Name switch
        {
            var n when n.Contains("_to_group", StringComparison.Ordinal) || n.Contains("_from_group", StringComparison.Ordinal) || n.EndsWith("_group", StringComparison.Ordinal) => "group",
            var n when n.StartsWith("authentik_rbac.", StringComparison.Ordinal) => "role",
            _ => "user",
        };
        db.Add(new Postern.Rbac.Grants.RoleObjectPermission { RolePk = role, Permission = right.Name, Kind = $"{(kind is "role" ? "authentik_rbac" : "authentik_core")}.{kind}", ObjectPk = keys[kind](on) });
    }

    static async Task PairsAsync(TestServer server, string table, int[][] pairs, Func<int, string> own, Func<int, string> other)
    {
        var rows = pairs.SelectMany((others, i) => others.Select(o => $"({own(i)}, {other(o)})")).ToList();
        if (rows.Count > 0)
            await server.Database.ExecuteAsync($"INSERT INTO {table} VALUES {string.Join(", ", rows)} ON CONFLICT DO NOTHING");
    }
}

/// <summary>Rights that somebody holds: on everything, and on single objects.</summary>
sealed record Holdings(bool Superuser, IReadOnlySet<string> Everywhere, IReadOnlySet<string> Single)
{
    /// <summary>The first right of the other that is none of these; null when there is none.</summary>
    public string? Missing(Holdings other) =>
        other.Superuser && !Superuser ? "superuser"
        : other.Everywhere.FirstOrDefault(r => !Everywhere.Contains(r))
        ?? other.Single.FirstOrDefault(r => !Single.Contains(r) && !Everywhere.Contains(r.Split(' ')[0]));
}
