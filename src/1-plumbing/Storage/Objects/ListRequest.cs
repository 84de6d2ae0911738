using Postern.Kernel;

namespace Postern.Storage.Objects;

/// <summary>What part of a collection is asked for.</summary>
public sealed record ListRequest
{
    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    public int PageSize { get; init; } = 20;

    public string? Search { get; init; }

    public SearchMode SearchMode { get; init; }

    /// <summary>Field names joined by commas, <c>-</c> for descending.</summary>
    public string? Ordering { get; init; }

    /// <summary>Conditions on fields, besides the filters that the kind offers its clients.</summary>
    public IReadOnlyList<FieldCondition> Conditions { get; init; } = [];

    /// <summary>Keeps to the objects with these keys; null for all.</summary>
    public IReadOnlyList<object>? Only { get; init; }

    /// <summary>Filters by name; one name may have several values, any of which may match.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Filters { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
}

/// <summary>How the search text is understood.</summary>
public enum SearchMode
{
    /// <summary>A query if it is one, else plain terms.</summary>
    Either,

    /// <summary>A query, or the list is refused.</summary>
    Ql,

    /// <summary>Plain terms.</summary>
    Text,
}

/// <summary>Cuts the page that is asked for out of a collection in memory.</summary>
public static class MemoryPages
{
    /// <summary>Faults: not found for a page that is not there.</summary>
    public static Result<ObjectPage> PageOf(this ListRequest request, IReadOnlyList<object> all)
    {
        var page = new ObjectPage([], all.Count, request.Page, request.PageSize);
        return request.Page < 1 || request.Page > page.TotalPages
            ? new Fault.NotFound("page") { Message = "Invalid page." }
            : page with { Items = [.. all.Skip((request.Page - 1) * request.PageSize).Take(request.PageSize)] };
    }
}

/// <summary>One page of a collection.</summary>
public sealed record ObjectPage(IReadOnlyList<object> Items, int Count, int Page, int PageSize)
{
    public int TotalPages => Math.Max(1, (Count + PageSize - 1) / PageSize);
}

/// <summary>Everything that a request matches.</summary>
/// <param name="Count">How many objects there are when one begins to read.</param>
public sealed record ObjectBatches(int Count, IAsyncEnumerable<IReadOnlyList<object>> Batches);
