using Postern.Directory.Users;
using Postern.Storage;

namespace Postern.OAuth2.Tokens;

/// <summary>
/// What the shipped mappings tell, without the interpreter: they run for every token. One that was changed by a word runs as the expression it
/// then is.
/// </summary>
static class ShippedMapping
{
    const string Email = """
        return {
            "email": request.user.email,
            "email_verified": False,
        }
        """;

    const string Profile = """
        return {
            "name": request.user.name,
            "given_name": request.user.name,
            "preferred_username": request.user.username,
            "nickname": request.user.username,
            "groups": [group.name for group in request.user.groups.all()],
        }
        """;

    /// <summary>Tells the claims of somebody; names of groups are null where they have yet to be read.</summary>
    public delegate ValueTask<IDictionary<string, object?>> Teller(User user, string[]? groups, PosternDb db, CancellationToken cancellation);

    /// <summary>The twin of an expression; null for any that is not shipped.</summary>
    public static Teller? Of(string expression) => Bare(expression) switch
    {
        "return {}" => static (_, _, _, _) => ValueTask.FromResult<IDictionary<string, object?>>(Claims()),
        Email => static (user, _, _, _) => ValueTask.FromResult<IDictionary<string, object?>>(Claims(("email", user.Email), ("email_verified", false))),
        Profile => ProfileAsync,
        _ => null,
    };

    static async ValueTask<IDictionary<string, object?>> ProfileAsync(User user, string[]? groups, PosternDb db, CancellationToken cancellation)
    {
        groups ??= await db.ScalarAsync<string[]>($"SELECT {UserRow.Groups} FROM (SELECT $1::int AS pk) u", cancellation, user.Pk) ?? [];
        return Claims(
            ("name", user.Name), ("given_name", user.Name), ("preferred_username", user.Username), ("nickname", user.Username), ("groups", groups.Cast<object?>().ToList()));
    }

    static Dictionary<string, object?> Claims(params (string Name, object Value)[] claims) => claims.ToDictionary(c => c.Name, c => (object?)c.Value, StringComparer.Ordinal);

    /// <summary>Without comments, empty lines and spaces at line ends.</summary>
    static string Bare(string expression) =>
        string.Join('\n', expression.ReplaceLineEndings("\n").Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0 && l.TrimStart()[0] is not '#'));
}
