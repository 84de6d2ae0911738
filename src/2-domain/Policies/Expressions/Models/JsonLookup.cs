using Postern.Expressions;

namespace Postern.Policies.Expressions.Models;

/// <summary>Comparisons inside a JSON column: <c>attributes__department__name__icontains</c>.</summary>
static class JsonLookup
{
    public static string Condition(SqlText sql, string column, ReadOnlySpan<string> path, object? value)
    {
        var lookup = path.Length > 0 && TextLookup.Names.Contains(path[^1]) ? path[^1] : "exact";
        var keys = (path.Length > 0 && TextLookup.Names.Contains(path[^1]) ? path[..^1] : path).ToArray();
        var at = keys.Length == 0 ? column : $"({column} #> {sql.Parameter(keys)})";
        var text = keys.Length == 0 ? $"{column}::text" : $"({column} #>> {sql.Parameter(keys)})";
        return lookup switch
        {
            "exact" when value is not null => $"{at} = {Json(sql, value)}",
            "exact" => $"{at} = 'null'::jsonb",
            "contains" when value is ScriptDict or ScriptList or LiveDictionary or LiveList => $"{at} @> {Json(sql, value)}",
            "in" => $"{at} = ANY({sql.Parameter(Documents(value))}::jsonb[])",
            "gt" or "gte" or "lt" or "lte" => $"{at} {Sign(lookup)} {Json(sql, value)}",
            _ => TextLookup.Condition(sql, text, typeof(string), lookup, value),
        };
    }

    static string Json(SqlText sql, object? value) => $"{sql.Parameter(ScriptValue.ToJson(value)?.ToJsonString() ?? "null")}::jsonb";

    static string[] Documents(object? value) =>
        [.. ParameterValue.Items(value).Select(v => ScriptValue.ToJson(v)?.ToJsonString() ?? "null")];

    static string Sign(string lookup) => (lookup[0] == 'g' ? ">" : "<") + (lookup.EndsWith('e') ? "=" : "");
}
