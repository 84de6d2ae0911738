using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Postern.Storage.Kinds;

namespace Postern.Rbac.Roles;

/// <summary>Filters for the roles of a user or group; with <c>inherited=true</c> also those that come through groups and their ancestors.</summary>
static class RoleFilters
{
    const string OfUser = "SELECT role_pk AS \"Value\" FROM user_role WHERE user_pk = {0}";
    const string OfUserInherited = "SELECT unnest(roles) AS \"Value\" FROM user_rights({0})";
    const string OfGroup = "SELECT role_pk AS \"Value\" FROM group_role WHERE group_pk = {0}";
    const string OfGroupInherited = "SELECT role_pk AS \"Value\" FROM group_role WHERE group_pk IN (SELECT group_ancestors({0}))";

    public static void Declare(KindBuilder<Role> k)
    {
        k.Switched("users", "inherited").Switched("groups", "inherited");
        k.Filter("users", (query, db, values, errors) =>
        {
            if (int.TryParse(values[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var user))
                return Among(query, db.Database.SqlQueryRaw<Guid>(OfUser, user));
            errors.Add("users", "Enter a number.");
            return query;
        });
        k.Filter("groups", (query, db, values, errors) =>
        {
            if (Guid.TryParse(values[^1], CultureInfo.InvariantCulture, out var group))
                return Among(query, db.Database.SqlQueryRaw<Guid>(OfGroup, group));
            errors.Add("groups", "Enter a valid UUID.");
            return query;
        });
        k.Filter("users__inherited", (query, db, values, _) =>
            int.TryParse(values[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var user) ? Among(query, db.Database.SqlQueryRaw<Guid>(OfUserInherited, user)) : query.Where(_ => false));
        k.Filter("groups__inherited", (query, db, values, _) =>
            Guid.TryParse(values[^1], CultureInfo.InvariantCulture, out var group) ? Among(query, db.Database.SqlQueryRaw<Guid>(OfGroupInherited, group)) : query.Where(_ => false));
    }

    static IQueryable<Role> Among(IQueryable<Role> query, IQueryable<Guid> roles) => query.Where(r => roles.Contains(r.Pk));
}
