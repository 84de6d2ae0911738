namespace Postern.Storage.Kinds;

/// <summary>Loads the objects behind references of a whole page with one statement per reference.</summary>
static class Expansion
{
    public static async ValueTask<Func<T, object?>> LoadAsync<T>(
        IReadOnlyList<T> page, Func<T, object?> key, string target, IReadOnlyList<string> only, LoadContext context)
    {
        var rendered = await RenderAsync(page.Select(key).OfType<object>(), target, only, context);
        return entity => key(entity) is { } pk ? rendered.GetValueOrDefault(pk) : null;
    }

    public static async ValueTask<Func<T, object?>> LoadManyAsync<T, TKey>(
        IReadOnlyList<T> page, Func<T, IEnumerable<TKey>> keys, string target, IReadOnlyList<string> only, LoadContext context)
        where TKey : struct
    {
        var rendered = await RenderAsync(page.SelectMany(keys).Cast<object>(), target, only, context);
        return entity => keys(entity).Select(k => rendered.GetValueOrDefault(k)).Where(r => r is not null).ToList();
    }

    static async ValueTask<Dictionary<object, Rendered>> RenderAsync(IEnumerable<object> keys, string target, IReadOnlyList<string> only, LoadContext context)
    {
        var wanted = keys.Distinct().ToList();
        if (wanted.Count == 0)
            return [];
        var kind = context.Get<KindRegistry>()[target];
        var entities = await kind.ByKeysAsync(context.Db, wanted, context.Cancellation);
        var page = await Rendered.PageAsync(kind, entities, context, only);
        return page.ToDictionary(r => kind.Key.Get(r.Entity)!);
    }
}
