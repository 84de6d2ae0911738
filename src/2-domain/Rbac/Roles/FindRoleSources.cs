using Postern.Storage;

namespace Postern.Rbac.Roles;

/// <summary>Where the roles of a user come from: given directly, or by which group of those they belong to, ancestors included.</summary>
public sealed class FindRoleSources(PosternDb db)
{
    const string Sql = """
        SELECT role_pk, '' FROM user_role WHERE user_pk = $1
        UNION ALL
        SELECT gr.role_pk, g.name FROM user_groups($1) AS own (pk) JOIN group_role gr ON gr.group_pk = own.pk JOIN "group" g ON g.pk = own.pk
        ORDER BY 2
        """;

    /// <summary>Names of groups by role; an empty name is a direct assignment.</summary>
    public async Task<ILookup<Guid, string>> ExecuteAsync(int user, CancellationToken cancellation)
    {
        var found = new List<(Guid Role, string Group)>();
        await using var rows = await db.ReadAsync(Sql, cancellation, user);
        while (await rows.ReadAsync(cancellation))
            found.Add((rows.GetGuid(0), rows.GetString(1)));
        return found.ToLookup(f => f.Role, f => f.Group);
    }
}
