using Postern.Kernel;
using Postern.Storage.Kinds;

namespace Postern.Applications.Providers;

/// <summary>Filters of all lists of providers.</summary>
static class ProviderFilters
{
    public static void Declare<T>(KindBuilder<T> k)
        where T : Provider, new()
    {
        k.Filters("name", "authentication_flow", "authorization_flow", "invalidation_flow");
        k.Filter("application__isnull", static (query, db, values, errors) => Parse("application__isnull", values, errors) is { } none
            ? query.Where(p => !db.Set<Application>().Any(a => a.ProviderId == p.Id) == none)
            : query);
        k.Filter("backchannel", static (query, db, values, errors) => Parse("backchannel", values, errors) is { } only
            ? query.Where(p => db.Set<BackchannelProvider>().Any(b => b.ProviderId == p.Id) == only)
            : query);
    }

    static bool? Parse(string name, IReadOnlyList<string> values, FieldErrors errors)
    {
        if (bool.TryParse(values[^1], out var value))
            return value;
        errors.Add(name, "Must be a valid boolean.");
        return null;
    }
}
