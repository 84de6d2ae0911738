using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;
using Postern.Storage.Queries;

namespace Postern.Storage.Objects;

/// <summary>Finds objects of any kind: pages of a collection, and one by its lookup.</summary>
public sealed class ObjectQuery(PosternDb db, IAccess access, FindByFields find, TimeProvider clock)
{
    /// <summary>
    /// A page of the collection. Faults: forbidden when the caller may view none of the kind, not found for a page that is not there, invalid for malformed filters.
    /// </summary>
    public async Task<Result<ObjectPage>> ListAsync(ModelKind kind, Caller caller, ListRequest request, CancellationToken cancellation)
    {
        if (!(await MatchingAsync(kind, caller, request, cancellation)).Succeeded(out var query, out var refusal))
            return refusal;
        var count = await CountAllAsync(kind, caller, request, cancellation) ?? await query.CountAsync(cancellation);
        var page = new ObjectPage([], count, request.Page, request.PageSize);
        if (request.Page < 1 || request.Page > page.TotalPages)
            return new Fault.NotFound("page") { Message = "Invalid page." };
        var skip = checked((request.Page - 1) * request.PageSize);
        return page with { Items = await query.Order(request.Ordering).PageAsync(skip, request.PageSize, cancellation) };
    }

    /// <summary>The first page of what a request matches, without counting: for suggestions. Faults: forbidden, invalid.</summary>
    public async Task<Result<IReadOnlyList<object>>> SuggestAsync(ModelKind kind, Caller caller, ListRequest request, CancellationToken cancellation)
    {
        if (!(await MatchingAsync(kind, caller, request, cancellation)).Succeeded(out var query, out var refusal))
            return refusal;
        return Result<IReadOnlyList<object>>.Of(await query.Order(request.Ordering).PageAsync(skip: 0, request.PageSize, cancellation));
    }

    /// <summary>The kept count of long tables, where everything is asked for by somebody who may view it all.</summary>
    async Task<int?> CountAllAsync(ModelKind kind, Caller caller, ListRequest request, CancellationToken cancellation)
    {
        var isNarrowed = request.Conditions.Count > 0 || request.Only is not null || !string.IsNullOrWhiteSpace(request.Search)
            || request.Filters.Any(f => kind.FilterNames.Contains(f.Key) && f.Value.Any(v => v.Length > 0));
        if (kind.CountAll is not { } sql || isNarrowed || !(await ScopeAsync(kind, caller, cancellation)).Succeeded(out var scope, out _) || !scope.All)
            return null;
        return (int)Math.Min(int.MaxValue, await db.ScalarAsync<long>(sql, cancellation));
    }

    /// <summary>All that the filters and the search of a request match, for figures over a collection. Faults: forbidden, invalid.</summary>
    public async Task<Result<IQueryable<T>>> MatchingAsync<T>(ModelKind<T> kind, Caller caller, ListRequest request, CancellationToken cancellation)
        where T : class, new() =>
        (await MatchingAsync((ModelKind)kind, caller, request, cancellation)).Then(query => ((KindQuery<T>)query).Composed);

    /// <summary>
    /// All that a request matches, in its order and whatever its page, in batches that one reads within a transaction of the database. Faults: forbidden, invalid.
    /// </summary>
    public async Task<Result<ObjectBatches>> BatchesAsync(ModelKind kind, Caller caller, ListRequest request, int size, CancellationToken cancellation)
    {
        if (!(await MatchingAsync(kind, caller, request, cancellation)).Succeeded(out var query, out var refusal))
            return refusal;
        return new ObjectBatches(await query.CountAsync(cancellation), query.Order(request.Ordering).BatchesAsync(size, cancellation));
    }

    /// <summary>Keys of all that a request matches, in its order and whatever its page. Faults: forbidden, invalid.</summary>
    public async Task<Result<IReadOnlyList<object>>> KeysAsync(ModelKind kind, Caller caller, ListRequest request, CancellationToken cancellation)
    {
        if (!(await MatchingAsync(kind, caller, request, cancellation)).Succeeded(out var query, out var refusal))
            return refusal;
        return Result<IReadOnlyList<object>>.Of(await query.Order(request.Ordering).KeysAsync(cancellation));
    }

    /// <summary>How many objects a request matches. Faults: forbidden, invalid.</summary>
    public async Task<Result<int>> CountAsync(ModelKind kind, Caller caller, ListRequest request, CancellationToken cancellation)
    {
        if (!(await MatchingAsync(kind, caller, request, cancellation)).Succeeded(out var query, out var refusal))
            return refusal;
        return await query.CountAsync(cancellation);
    }

    async Task<Result<IKindQuery>> MatchingAsync(ModelKind kind, Caller caller, ListRequest request, CancellationToken cancellation)
    {
        if (!(await ScopeAsync(kind, caller, cancellation)).Succeeded(out var scope, out var refusal))
            return refusal;
        var errors = new FieldErrors();
        var query = kind.Query(db).Within(scope, caller.UserPk);
        if (request.Only is { } only)
            query = query.WhereKey(only);
        foreach (var (name, values) in request.Filters)
            query = await query.FilterAsync(kind.FilterFor(name, request.Filters), values, errors, cancellation);
        if (kind.Usual is { } usual && request.Only is null && request.Conditions.Count == 0 && !request.Filters.ContainsKey(usual.Name))
            query = await query.FilterAsync(usual.Name, [usual.Value], errors, cancellation);
        if (errors.Any)
            return new Fault.Invalid(errors);
        var narrowed = await find.NarrowAsync(kind, query, request.Conditions, cancellation);
        if (narrowed.Fault is not null)
            return narrowed.Fault;
        query = narrowed.Query;
        var text = (request.Search ?? "").Replace("\0", "", StringComparison.Ordinal);
        if (string.IsNullOrWhiteSpace(text))
            return Result<IKindQuery>.Of(query);
        var (matching, error) = request.SearchMode is SearchMode.Text ? default : query.Matching(text, clock.GetUtcNow());
        if (error is not null && request.SearchMode is SearchMode.Ql)
            return Fault.Field("search", error.ToString());
        return Result<IKindQuery>.Of(matching ?? query.Search(text));
    }

    /// <summary>What is wrong with a search text that was meant as a query; null for good queries, for plain terms and for kinds without a query language.</summary>
    public QueryError? Explain(ModelKind kind, string? text) =>
        text is not null && QueryLanguage.LooksLikeQuery(text) ? kind.Query(db).Matching(text, clock.GetUtcNow()).Error : null;

    /// <summary>Names, by key, of those objects that exist and the caller may view; keys that cannot be are left out.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(ModelKind kind, Caller caller, IEnumerable<string> keys, CancellationToken cancellation)
    {
        var wanted = keys.Select(k => kind.Key.TryParse(k, out var key, out _) ? key : null).OfType<object>().Distinct().ToList();
        if (wanted.Count == 0 || !(await ScopeAsync(kind, caller, cancellation)).Succeeded(out var scope, out _))
            return new Dictionary<string, string>(StringComparer.Ordinal);
        var found = await kind.ByKeysAsync(db, wanted, cancellation);
        return found.Where(e => scope.Covers(kind.KeyOf(e)) || (caller.UserPk is { } user && kind.OwnerOf(e) == user))
            .ToDictionary(kind.KeyOf, kind.NameOf, StringComparer.Ordinal);
    }

    /// <summary>One object by the text in its URL. Faults: forbidden, not found (also when the caller may not view it).</summary>
    public async Task<Result<object>> FindAsync(ModelKind kind, Caller caller, string lookup, bool tracked, CancellationToken cancellation)
    {
        if (!(await ScopeAsync(kind, caller, cancellation)).Succeeded(out var scope, out var refusal))
            return refusal;
        if (!kind.Lookup.TryParse(lookup, out var value, out _))
            return new Fault.NotFound(kind.Label);
        var entity = await kind.Query(db).Within(scope, caller.UserPk).Where(kind.Lookup, value).FirstAsync(tracked, cancellation);
        // Not as one conditional: its type would be object, and the fault a value.
        if (entity is null)
            return new Fault.NotFound(kind.Label);
        return entity;
    }

    async ValueTask<Result<AccessScope>> ScopeAsync(ModelKind kind, Caller caller, CancellationToken cancellation)
    {
        if (caller.IsSystem)
            return AccessScope.Everything;
        if (caller.Kind is CallerKind.Anonymous)
            return new Fault.Unauthenticated();
        var scope = await access.ScopeAsync(caller, kind.View, cancellation);
        return scope.IsEmpty && kind.Owner is null ? new Fault.Forbidden() : scope;
    }
}
