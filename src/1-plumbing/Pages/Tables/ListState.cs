using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Postern.Pages.Tables;

/// <summary>What a list shows, as its address says: search, order, page, filters, the open row. Names are those of the API.</summary>
/// <param name="Path">The list's own address without parameters.</param>
public sealed record ListState(string Path)
{
    const int defaultSize = 20, maxSize = 100;

    public string Search { get; init; } = "";

    /// <summary>A field's name, with a leading minus for descending.</summary>
    public string Ordering { get; init; } = "";

    /// <summary>Counted from 1.</summary>
    public int Page { get; init; } = 1;

    public int PageSize { get; init; } = defaultSize;

    /// <summary>The key of the row whose details are open.</summary>
    public string Expanded { get; init; } = "";

    /// <summary>All other parameters, which are the list's filters.</summary>
    public IReadOnlyDictionary<string, string> Filters { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public static ListState Read(HttpRequest request, string ordering = "")
    {
        var query = request.Query;
        return new ListState(request.PathBase + request.Path)
        {
            Search = query["search"].ToString(),
            Ordering = query["ordering"].ToString() is { Length: > 0 } chosen ? chosen : ordering,
            Page = Number(query["page"], 1, int.MaxValue, 1),
            PageSize = Number(query["page_size"], 1, maxSize, defaultSize),
            Expanded = query["expanded"].ToString(),
            Filters = query.Where(p => p.Key is not ("search" or "ordering" or "page" or "page_size" or "expanded" or "theme"))
                .ToDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal),
        };
    }

    /// <summary>The address that shows this state.</summary>
    public string Url => Path + new QueryBuilder(Parameters).ToQueryString();

    /// <summary>What it narrows and orders by as a query string, whatever the page.</summary>
    public string Query => new QueryBuilder((this with { Page = 1, PageSize = defaultSize, Expanded = "" }).Parameters).ToQueryString().Value ?? "";

    public ListState OnPage(int page) => this with { Page = page, Expanded = "" };

    /// <summary>Ordered by a field; a second time turns the order around.</summary>
    public ListState SortedBy(string field) =>
        this with { Ordering = string.Equals(Ordering, field, StringComparison.Ordinal) ? $"-{field}" : field, Page = 1, Expanded = "" };

    public ListState Sized(int size) => this with { PageSize = size, Page = 1, Expanded = "" };

    /// <summary>With a filter set, or without it when the value is null.</summary>
    public ListState Filtered(string name, string? value)
    {
        var filters = new Dictionary<string, string>(Filters, StringComparer.Ordinal);
        if (value is null)
            filters.Remove(name);
        else
            filters[name] = value;
        return this with { Filters = filters, Page = 1, Expanded = "" };
    }

    public ListState Toggled(string key) => this with { Expanded = string.Equals(Expanded, key, StringComparison.Ordinal) ? "" : key };

    /// <summary>What a search form keeps besides the search itself.</summary>
    public IEnumerable<KeyValuePair<string, string>> KeptBySearch => (this with { Search = "", Page = 1, Expanded = "" }).Parameters;

    IEnumerable<KeyValuePair<string, string>> Parameters
    {
        get
        {
            foreach (var filter in Filters)
                yield return filter;
            if (Search.Length > 0)
                yield return new("search", Search);
            if (Ordering.Length > 0)
                yield return new("ordering", Ordering);
            if (Page > 1)
                yield return new("page", Page.ToString(CultureInfo.InvariantCulture));
            if (PageSize != defaultSize)
                yield return new("page_size", PageSize.ToString(CultureInfo.InvariantCulture));
            if (Expanded.Length > 0)
                yield return new("expanded", Expanded);
        }
    }

    static int Number(string? text, int min, int max, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min ? Math.Min(number, max) : otherwise;
}
