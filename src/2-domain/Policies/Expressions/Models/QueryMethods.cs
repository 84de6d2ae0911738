using Postern.Expressions;

namespace Postern.Policies.Expressions.Models;

/// <summary>The methods of a query.</summary>
static class QueryMethods
{
    public static HostFunction? Find(QuerySet query, string name) => name switch
    {
        "all" or "distinct" or "select_related" or "prefetch_related" => new(name, _ => query.Slice(query.Skip, query.Take)),
        "filter" => new(name, call => Filter(query, call)),
        "exclude" => new(name, call => Exclude(query, call)),
        "none" => new(name, _ => query.Where((_, _) => "false")),
        "order_by" => new(name, call => query.OrderBy([.. call.Arguments.ToArray().Select(ScriptValue.ToText)])),
        "reverse" => new(name, _ => query.OrderBy([.. Reversed(query)])),
        "get" => new(name, call => GetAsync(Filter(query, call), call)),
        "first" => new(name, call => FirstAsync(query, call)),
        "last" => new(name, call => FirstAsync(query.OrderBy([.. Reversed(query)]), call)),
        "exists" => new(name, async call => await QueryRows.ExistsAsync(query, call.Cancellation)),
        "count" => new(name, async call => await QueryRows.CountAsync(query, call.Cancellation)),
        "values_list" => new(name, call => QueryValues.ListAsync(query, call)),
        "values" => new(name, call => QueryValues.DictionariesAsync(query, call)),
        "update" => new(name, call => WriteModel.UpdateAsync(query, call)),
        "create" => new(name, call => WriteModel.CreateAsync(query, call)),
        "get_or_create" => new(name, call => WriteModel.GetOrCreateAsync(query, call)),
        _ => null,
    };

    public static QuerySet Filter(QuerySet query, HostCall call)
    {
        foreach (var (filter, value) in Keywords(call))
            query = query.Where((sql, alias) => Lookups.Condition(query.Run.Catalog, query.Model, sql, alias, filter, value));
        return query;
    }

    /// <summary>The first object of a query; null when there is none.</summary>
    public static async ValueTask<object?> FirstAsync(QuerySet query, HostCall call) =>
        await QueryRows.FirstAsync(query, call.Cancellation);

    static QuerySet Exclude(QuerySet query, HostCall call)
    {
        var filters = Keywords(call).ToList();
        return filters.Count == 0
            ? query
            : query.Where((sql, alias) =>
                $"({string.Join(" AND ", filters.Select(f => Lookups.Condition(query.Run.Catalog, query.Model, sql, alias, f.Key, f.Value)))}) IS NOT TRUE");
    }

    static async ValueTask<object?> GetAsync(QuerySet query, HostCall call)
    {
        var found = await QueryRows.LoadAsync(query.Slice(query.Skip, 2), call.Cancellation);
        return found.Count switch
        {
            0 => throw new ScriptException(query.Model.Missing, $"{query.Model.ClassName} matching query does not exist."),
            1 => found[0],
            _ => throw new ScriptException(query.Model.Several, $"get() returned more than one {query.Model.ClassName} -- it returned {await QueryRows.CountAsync(query, call.Cancellation)}!"),
        };
    }

    static IEnumerable<string> Reversed(QuerySet query) =>
        (query.Ordering.Count == 0 ? ["pk"] : query.Ordering).Select(n => n.StartsWith('-') ? n[1..] : $"-{n}");

    static IEnumerable<KeyValuePair<string, object?>> Keywords(HostCall call) => call.Count == 0
        ? call.Keywords
        : throw new ScriptException(ExceptionTypes.TypeError, $"{call.Name}() takes keyword arguments only");
}
