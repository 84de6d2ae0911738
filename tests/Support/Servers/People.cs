using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Sessions;
using Postern.Directory.Tokens;
using Postern.Directory.Users;
using Postern.Kernel.Values;
using Postern.Rbac.Grants;
using Postern.Rbac.Roles;
using Postern.Storage;

namespace Postern.Tests.Support.Servers;

/// <summary>Makes people straight in the database.</summary>
public static class People
{
    /// <summary>A user; <paramref name="adjust"/> changes it before it is stored.</summary>
    public static Task<User> AddUserAsync(this TestServer server, string username, Action<User>? adjust = null) => server.InScopeAsync(async services =>
    {
        var now = server.Clock.GetUtcNow();
        var user = new User { Username = username, Name = username, Email = $"{username}@example.org", DateJoined = now, LastUpdated = now, PasswordChangeDate = now };
        adjust?.Invoke(user);
        var db = services.GetRequiredService<PosternDb>();
        db.Add(user);
        await db.SaveChangesAsync();
        return user;
    });

    /// <summary>A user in a superuser group of its own.</summary>
    public static async Task<User> AddSuperuserAsync(this TestServer server, string username)
    {
        var user = await server.AddUserAsync(username);
        await server.Database.ExecuteAsync(
            $"""
            WITH g AS (INSERT INTO "group" (pk, name, is_superuser, attributes) VALUES (gen_random_uuid(), '{username} superusers', true, '{"{}"}') RETURNING pk)
            INSERT INTO user_group (user_pk, group_pk) SELECT {user.Pk}, pk FROM g
            """);
        return user;
    }

    /// <summary>The key of a new API token of the user.</summary>
    public static Task<string> AddTokenAsync(this TestServer server, User user, Action<Token>? adjust = null) => server.InScopeAsync(async services =>
    {
        var token = new Token { Identifier = RandomText.Alphanumeric(20), Key = RandomText.Alphanumeric(60), Intent = TokenIntent.Api, UserPk = user.Pk, Expiring = false };
        adjust?.Invoke(token);
        var db = services.GetRequiredService<PosternDb>();
        db.Add(token);
        await db.SaveChangesAsync();
        return token.Key;
    });

    /// <summary>Puts a user into a new group of this name and answers its key.</summary>
    public static async Task<Guid> AddGroupAsync(this TestServer server, string name, bool superuser = false, Guid? parent = null, params User[] members)
    {
        var pk = Guid.NewGuid();
        await server.Database.ExecuteAsync($"INSERT INTO \"group\" (pk, name, is_superuser, attributes) VALUES ('{pk}', '{name}', {superuser}, '{"{}"}')");
        if (parent is { } above)
            await server.Database.ExecuteAsync($"INSERT INTO group_parent (child_pk, parent_pk) VALUES ('{pk}', '{above}')");
        foreach (var member in members)
            await server.Database.ExecuteAsync($"INSERT INTO user_group (user_pk, group_pk) VALUES ({member.Pk}, '{pk}')");
        return pk;
    }

    /// <summary>A new role with global rights, given as <c>app.codename</c> or as <c>app.codename:key</c> for one object.</summary>
    public static Task<Guid> AddRoleAsync(this TestServer server, string name, params string[] rights) => server.InScopeAsync(async services =>
    {
        var db = services.GetRequiredService<PosternDb>();
        var role = new Role { Name = name };
        db.Add(role);
        await db.SaveChangesAsync();
        foreach (var right in rights.Select(r => r.Split(':')))
        {
            if (right.Length == 1)
                db.Add(new RolePermission { RolePk = role.Pk, Permission = right[0] });
            else
                db.Add(new RoleObjectPermission { RolePk = role.Pk, Permission = right[0], Kind = "", ObjectPk = right[1] });
        }
        await db.SaveChangesAsync();
        return role.Pk;
    });

    /// <summary>A program of a new user who holds exactly these rights, see <see cref="AddRoleAsync"/>.</summary>
    public static async Task<HttpClient> WithRightsAsync(this TestServer server, params string[] rights)
    {
        var user = await server.AddUserAsync($"delegate-{Guid.NewGuid():N}");
        var role = await server.AddRoleAsync($"role of {user.Username}", rights);
        await server.Database.ExecuteAsync($"INSERT INTO user_role (user_pk, role_pk) VALUES ({user.Pk}, '{role}')");
        return server.Program(await server.AddTokenAsync(user));
    }

    /// <summary>A program of a superuser.</summary>
    public static async Task<HttpClient> SuperuserAsync(this TestServer server) =>
        server.Program(await server.AddTokenAsync(await server.AddSuperuserAsync($"root-{Guid.NewGuid():N}")));

    /// <summary>A live session of the user in some Firefox; answers its name.</summary>
    public static Task<Guid> AddSessionAsync(this TestServer server, User user) => server.InScopeAsync(async services =>
    {
        var now = server.Clock.GetUtcNow();
        var session = new Session
        {
            KeyHash = System.Security.Cryptography.RandomNumberGenerator.GetBytes(32),
            UserPk = user.Pk,
            CreatedAt = now,
            LastUsed = now,
            Lifetime = TimeSpan.FromDays(1),
            Expires = now.AddDays(1),
            LastIp = System.Net.IPAddress.Parse("203.0.113.5"),
            LastUserAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        };
        var db = services.GetRequiredService<PosternDb>();
        db.Add(session);
        await db.SaveChangesAsync();
        return session.Uuid;
    });
}
