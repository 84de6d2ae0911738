using Postern.Storage;

namespace Postern.Directory.Users;

/// <summary>Who is a superuser, directly or through ancestors of groups.</summary>
static class Superusers
{
    const string AllGroups = """
        WITH RECURSIVE down (pk) AS (
            SELECT pk FROM "group" WHERE is_superuser
            UNION
            SELECT child_pk FROM group_parent JOIN down ON parent_pk = down.pk)
        """;

    /// <summary>Statement whose rows are the keys of all superusers.</summary>
    public const string Keys = AllGroups + " SELECT DISTINCT user_pk AS \"Value\" FROM user_group JOIN down ON group_pk = down.pk";

    /// <summary>The superusers among these users, with one statement.</summary>
    public static async Task<IReadOnlySet<int>> AmongAsync(PosternDb db, IEnumerable<int> users, CancellationToken cancellation)
    {
        var found = new HashSet<int>();
        const string sql = AllGroups + " SELECT DISTINCT user_pk FROM user_group JOIN down ON group_pk = down.pk WHERE user_pk = ANY($1)";
        await using var rows = await db.ReadAsync(sql, cancellation, users.ToArray());
        while (await rows.ReadAsync(cancellation))
            found.Add(rows.GetInt32(0));
        return found;
    }
}
