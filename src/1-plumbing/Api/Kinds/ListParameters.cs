using System.Globalization;
using Microsoft.AspNetCore.Http;
using Postern.Kernel;
using Postern.Storage.Objects;

namespace Postern.Api.Kinds;

/// <summary>Reads page, search, ordering and filters from a query string.</summary>
public static class ListParameters
{
    static readonly string[] Reserved = ["page", "page_size", "search", "search_mode", "ordering"];

    /// <summary>Faults: not found for a page that is no number.</summary>
    public static async ValueTask<Result<ListRequest>> ReadAsync(IQueryCollection query, IPageLimits limits, CancellationToken cancellation)
    {
        var (standard, most) = await limits.GetAsync(cancellation);
        var page = 1;
        if (query["page"].FirstOrDefault() is { Length: > 0 } text && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out page))
            return new Fault.NotFound("page") { Message = "Invalid page." };
        var size = int.TryParse(query["page_size"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked > 0 ? Math.Min(asked, most) : standard;
        return new ListRequest
        {
            Page = page,
            PageSize = size,
            Search = query["search"].FirstOrDefault(),
            SearchMode = query["search_mode"].FirstOrDefault() switch { "ql" => SearchMode.Ql, "text" => SearchMode.Text, _ => SearchMode.Either },
            Ordering = query["ordering"].FirstOrDefault(),
            Filters = query.Where(p => !Reserved.Contains(p.Key, StringComparer.Ordinal))
                .ToDictionary(p => p.Key, p => (IReadOnlyList<string>)[.. p.Value.OfType<string>()], StringComparer.Ordinal),
        };
    }

    /// <summary><c>include_groups=false</c> leaves out <c>groups_obj</c>.</summary>
    internal static HashSet<string> Excluded(IQueryCollection query) => Switches(query, "false");

    /// <summary><c>include_parents=true</c> asks for <c>parents_obj</c>.</summary>
    internal static HashSet<string> Included(IQueryCollection query) => Switches(query, "true");

    static HashSet<string> Switches(IQueryCollection query, string value) =>
        query.Where(p => p.Key.StartsWith("include_", StringComparison.Ordinal) && string.Equals(p.Value.ToString(), value, StringComparison.OrdinalIgnoreCase))
            .Select(p => $"{p.Key["include_".Length..]}_obj")
            .ToHashSet(StringComparer.Ordinal);
}
