using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Tokens;
using Postern.Directory.Users;
using Postern.Kernel.Values;
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
}
