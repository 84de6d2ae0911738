using Microsoft.EntityFrameworkCore;
using Postern.Storage.Kinds;

namespace Postern.Directory.Users;

/// <summary>Filters of the user list that need more than one column.</summary>
static class UserFilters
{
    public static void Declare(KindBuilder<User> k)
    {
        k.Filter("path_startswith", (query, values, _) =>
        {
            var prefix = values[^1];
            return query.Where(u => u.Path.StartsWith(prefix));
        });
        k.Filter("folder", (query, values, _) =>
        {
            var (folder, below) = (values[^1], values[^1] + "/");
            return query.Where(u => u.Path == folder || u.Path.StartsWith(below));
        });
        k.Filter("is_superuser", (query, db, values, errors) =>
        {
            var keys = db.Database.SqlQueryRaw<int>(Superusers.Keys);
            if (!bool.TryParse(values[^1], out var wanted))
                errors.Add("is_superuser", "Must be a valid boolean.");
            return query.Where(u => keys.Contains(u.Pk) == wanted);
        });
        foreach (var filter in MemberFilter.All)
            k.Filter(filter.Name, filter.ApplyAsync);
        k.Filter("attributes", (query, values, errors) => AttributeFilter.Apply(query, u => u.Attributes, values[^1], errors));
    }
}
