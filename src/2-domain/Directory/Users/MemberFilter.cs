using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Directory.Users;

/// <summary>A filter for users who have a group or a role; several values mean any of them, and all of them must exist.</summary>
/// <param name="Name">Name of the query parameter.</param>
/// <param name="Find">Statement that answers value and key of the objects a list of values names.</param>
/// <param name="Members">Statement that answers the users who have one of a list of keys.</param>
sealed record MemberFilter(string Name, string Find, string Members)
{
    const string InGroups = "SELECT user_pk AS \"Value\" FROM user_group WHERE group_pk = ANY({0})";
    const string WithRoles = "SELECT user_pk AS \"Value\" FROM user_role WHERE role_pk = ANY({0})";

    public static readonly IReadOnlyList<MemberFilter> All =
    [
        new("groups_by_pk", "SELECT pk::text, pk FROM \"group\" WHERE pk::text = ANY($1)", InGroups),
        new("groups_by_name", "SELECT name, pk FROM \"group\" WHERE name = ANY($1)", InGroups),
        new("roles_by_pk", "SELECT pk::text, pk FROM role WHERE pk::text = ANY($1)", WithRoles),
        new("roles_by_name", "SELECT name, pk FROM role WHERE name = ANY($1)", WithRoles),
    ];

    public async ValueTask<IQueryable<User>> ApplyAsync(
        IQueryable<User> query, PosternDb db, IReadOnlyList<string> values, FieldErrors errors, CancellationToken cancellation)
    {
        var spelt = values.Select(Spelt).ToArray();
        var found = new Dictionary<string, Guid>(StringComparer.Ordinal);
        await using (var rows = await db.ReadAsync(Find, cancellation, [spelt]))
        {
            while (await rows.ReadAsync(cancellation))
                found[rows.GetString(0)] = rows.GetGuid(1);
        }
        foreach (var unknown in spelt.Where(v => !found.ContainsKey(v)))
            errors.Add(Name, $"Select a valid choice. {unknown} is not one of the available choices.");
        var members = db.Database.SqlQueryRaw<int>(Members, [found.Values.ToArray()]);
        return query.Where(u => members.Contains(u.Pk));
    }

    string Spelt(string value) =>
        Name.EndsWith("_pk", StringComparison.Ordinal) && Guid.TryParse(value, CultureInfo.InvariantCulture, out var uuid) ? uuid.ToString() : value;
}
