using Postern.Storage;

namespace Postern.Directory.Groups;

/// <summary>How a user comes to belong to groups: from the group they are in to the group above it, and so on.</summary>
public sealed class ExplainMembership(PosternDb db)
{
    const string Sql = """
        SELECT g.pk, g.name, way.child_pk
        FROM (SELECT group_pk, NULL::uuid AS child_pk FROM user_group WHERE user_pk = $1
              UNION ALL
              SELECT p.parent_pk, p.child_pk FROM group_parent p JOIN user_groups($1) AS own (pk) ON own.pk = p.child_pk) way
        JOIN "group" g ON g.pk = way.group_pk
        ORDER BY g.name
        """;

    /// <summary>The shortest way to every group of the user, ancestors included: the group they are in first, the group itself last.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<GroupName>>> OfAsync(int user, CancellationToken cancellation)
    {
        var steps = new List<(Guid? From, GroupName To)>();
        await using (var rows = await db.ReadAsync(Sql, cancellation, user))
        {
            while (await rows.ReadAsync(cancellation))
                steps.Add((rows.IsDBNull(2) ? null : rows.GetGuid(2), new GroupName(rows.GetGuid(0), rows.GetString(1))));
        }
        var next = steps.ToLookup(s => s.From, s => s.To);
        var ways = new Dictionary<Guid, IReadOnlyList<GroupName>>();
        var open = new Queue<IReadOnlyList<GroupName>>(next[null].Select(g => (IReadOnlyList<GroupName>)[g]));
        while (open.TryDequeue(out var way))
        {
            if (!ways.TryAdd(way[^1].Pk, way))
                continue;
            foreach (var above in next[way[^1].Pk])
                open.Enqueue([.. way, above]);
        }
        return ways;
    }
}

/// <summary>A group by key and name.</summary>
public sealed record GroupName(Guid Pk, string Name);
