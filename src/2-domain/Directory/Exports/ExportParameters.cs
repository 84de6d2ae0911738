using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.Storage.Objects;

namespace Postern.Directory.Exports;

/// <summary>The parameters of a list as an export keeps them.</summary>
public static class ExportParameters
{
    static readonly string[] OfPages = ["page", "page_size", "expanded", "theme"];

    /// <summary>What a request asks for, without what only concerns pages.</summary>
    public static JsonObject Of(IQueryCollection query)
    {
        var parameters = new JsonObject();
        foreach (var (name, values) in query)
        {
            var given = values.OfType<string>().Where(v => v.Length > 0).ToList();
            if (given.Count > 0 && !OfPages.Contains(name, StringComparer.Ordinal))
                parameters[name] = given.Count == 1 ? given[0] : new JsonArray([.. given.Select(v => (JsonNode?)v)]);
        }
        return parameters;
    }

    /// <summary>The list they describe.</summary>
    public static ListRequest Read(JsonObject parameters) => new()
    {
        Search = Text(parameters, "search"),
        SearchMode = Text(parameters, "search_mode") switch { "ql" => SearchMode.Ql, "text" => SearchMode.Text, _ => SearchMode.Either },
        Ordering = Text(parameters, "ordering"),
        Filters = parameters.Where(p => p.Key is not ("search" or "search_mode" or "ordering")).ToDictionary(p => p.Key, p => Values(p.Value), StringComparer.Ordinal),
    };

    /// <summary>Expansions that the parameters switch off (<c>include_groups=false</c>).</summary>
    internal static HashSet<string> Excluded(JsonObject parameters) => parameters
        .Where(p => p.Key.StartsWith("include_", StringComparison.Ordinal) && Values(p.Value) is ["false" or "False"])
        .Select(p => $"{p.Key["include_".Length..]}_obj").ToHashSet(StringComparer.Ordinal);

    static string? Text(JsonObject parameters, string name) => Values(parameters[name]) is [var first, ..] ? first : null;

    static IReadOnlyList<string> Values(JsonNode? value) => value switch
    {
        null => [],
        JsonArray many => [.. many.Select(v => v?.ToString() ?? "")],
        _ => [value.ToString()],
    };
}
