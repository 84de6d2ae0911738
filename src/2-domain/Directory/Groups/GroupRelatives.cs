using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Storage.Kinds;

namespace Postern.Directory.Groups;

/// <summary>The groups above and below the groups of a page, with a fixed number of statements.</summary>
static class GroupRelatives
{
    /// <summary>Short form of the groups behind some keys.</summary>
    public static async ValueTask<Func<Group, object?>> LoadAsync(IReadOnlyList<Group> page, Func<Group, IEnumerable<Guid>> keys, LoadContext context)
    {
        Guid[] wanted = [.. page.SelectMany(keys).Distinct()];
        var found = wanted.Length == 0
            ? []
            : await context.Db.Set<Group>().AsNoTracking().Where(g => wanted.Contains(g.Pk)).ToDictionaryAsync(g => g.Pk, context.Cancellation);
        return group => keys(group).Where(found.ContainsKey).Select(pk => Short(found[pk])).ToList();
    }

    /// <summary>Keys of the groups directly below each group.</summary>
    public static async Task<ILookup<Guid, Guid>> ChildrenAsync(IReadOnlyList<Group> page, LoadContext context)
    {
        var pairs = new List<(Guid Parent, Guid Child)>();
        const string sql = "SELECT parent_pk, child_pk FROM group_parent WHERE parent_pk = ANY($1) ORDER BY 1, 2";
        await using var rows = await context.Db.ReadAsync(sql, context.Cancellation, page.Select(g => g.Pk).ToArray());
        while (await rows.ReadAsync(context.Cancellation))
            pairs.Add((rows.GetGuid(0), rows.GetGuid(1)));
        return pairs.ToLookup(p => p.Parent, p => p.Child);
    }

    /// <summary>Roles that members have through ancestors of their group.</summary>
    public static async ValueTask<Func<Group, object?>> InheritedRolesAsync(IReadOnlyList<Group> page, LoadContext context)
    {
        var roles = new List<(Guid Group, JsonObject Role)>();
        const string sql = """
            SELECT DISTINCT g.pk, r.pk, r.name FROM unnest($1::uuid[]) AS g (pk)
            JOIN LATERAL group_ancestors(g.pk) AS a (pk) ON a.pk <> g.pk
            JOIN group_role gr ON gr.group_pk = a.pk JOIN role r ON r.pk = gr.role_pk ORDER BY r.name
            """;
        await using (var rows = await context.Db.ReadAsync(sql, context.Cancellation, page.Select(g => g.Pk).ToArray()))
        {
            while (await rows.ReadAsync(context.Cancellation))
                roles.Add((rows.GetGuid(0), new JsonObject { ["pk"] = rows.GetGuid(1).ToString(), ["name"] = rows.GetString(2) }));
        }
        var byGroup = roles.ToLookup(r => r.Group, r => r.Role);
        return group => byGroup[group.Pk].ToList();
    }

    static JsonObject Short(Group group) => new()
    {
        ["pk"] = group.Pk.ToString(),
        ["name"] = group.Name,
        ["is_superuser"] = group.IsSuperuser,
        ["attributes"] = group.Attributes.DeepClone(),
        ["group_uuid"] = group.Pk.ToString(),
    };
}
