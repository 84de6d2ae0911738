using Postern.Storage;

namespace Postern.Directory.Rights;

/// <summary>What membership of a group gives: its own and its ancestors' superuser flag and roles.</summary>
sealed record GroupFacts(Guid Pk, string Name, bool IsSuperuser, Guid[] Roles)
{
    /// <summary>One statement for any number of groups.</summary>
    public static async Task<IReadOnlyList<GroupFacts>> LoadAsync(PosternDb db, IReadOnlyCollection<Guid> groups, CancellationToken cancellation)
    {
        if (groups.Count == 0)
            return [];
        const string sql = """
            SELECT g.pk, g.name, up.is_superuser, up.roles FROM "group" g
            CROSS JOIN LATERAL (
                WITH own AS MATERIALIZED (SELECT group_ancestors AS pk FROM group_ancestors(g.pk))
                SELECT EXISTS (SELECT FROM own JOIN "group" a USING (pk) WHERE a.is_superuser) AS is_superuser,
                       ARRAY(SELECT DISTINCT role_pk FROM own JOIN group_role ON group_pk = own.pk) AS roles) up
            WHERE g.pk = ANY($1) ORDER BY g.name
            """;
        var facts = new List<GroupFacts>();
        await using var rows = await db.ReadAsync(sql, cancellation, groups.ToArray());
        while (await rows.ReadAsync(cancellation))
            facts.Add(new GroupFacts(rows.GetGuid(0), rows.GetString(1), rows.GetBoolean(2), rows.GetFieldValue<Guid[]>(3)));
        return facts;
    }
}
