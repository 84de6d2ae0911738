using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;

namespace Postern.Storage.Objects;

/// <summary>Finds objects of any kind: pages of a collection, and one by its lookup.</summary>
public sealed class ObjectQuery(PosternDb db, IAccess access)
{
    /// <summary>
    /// A page of the collection. Faults: forbidden when the caller may view none of the kind, not found for a page that is not there, invalid for malformed filters.
    /// </summary>
    public async Task<Result<ObjectPage>> ListAsync(ModelKind kind, Caller caller, ListRequest request, CancellationToken cancellation)
    {
        if ((await ScopeAsync(kind.View, caller, cancellation)).Succeeded(out var scope, out var refusal) is false)
            return refusal;
        var errors = new FieldErrors();
        var query = kind.Query(db).Within(scope);
        foreach (var (name, values) in request.Filters)
            query = query.Filter(name, values, errors);
        if (errors.Any)
            return new Fault.Invalid(errors);
        if (!string.IsNullOrWhiteSpace(request.Search))
            query = query.Search(request.Search);
        var count = await query.CountAsync(cancellation);
        var page = new ObjectPage([], count, request.Page, request.PageSize);
        if (request.Page < 1 || request.Page > page.TotalPages)
            return new Fault.NotFound("page") { Message = "Invalid page." };
        var skip = checked((request.Page - 1) * request.PageSize);
        return page with { Items = await query.Order(request.Ordering).PageAsync(skip, request.PageSize, cancellation) };
    }

    /// <summary>One object by the text in its URL. Faults: forbidden, not found (also when the caller may not view it).</summary>
    public async Task<Result<object>> FindAsync(ModelKind kind, Caller caller, string lookup, bool tracked, CancellationToken cancellation)
    {
        if ((await ScopeAsync(kind.View, caller, cancellation)).Succeeded(out var scope, out var refusal) is false)
            return refusal;
        if (!kind.Lookup.TryParse(lookup, out var value, out _))
            return new Fault.NotFound(kind.Label);
        var entity = await kind.Query(db).Within(scope).Where(kind.Lookup, value).FirstAsync(tracked, cancellation);
        return entity is null ? new Fault.NotFound(kind.Label) : entity;
    }

    async ValueTask<Result<AccessScope>> ScopeAsync(Permission permission, Caller caller, CancellationToken cancellation)
    {
        if (caller.IsSystem)
            return AccessScope.Everything;
        if (caller.Kind is CallerKind.Anonymous)
            return new Fault.Unauthenticated();
        var scope = await access.ScopeAsync(caller, permission, cancellation);
        return scope.IsEmpty ? new Fault.Forbidden() : scope;
    }
}
