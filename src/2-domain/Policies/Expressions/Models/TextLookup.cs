using System.Collections.Frozen;
using Postern.Storage.Kinds;

namespace Postern.Policies.Expressions.Models;

/// <summary>The comparisons a filter may name, over one column.</summary>
static class TextLookup
{
    public static readonly FrozenSet<string> Names = new[]
    {
        "exact", "iexact", "contains", "icontains", "startswith", "istartswith", "endswith", "iendswith", "in", "isnull", "gt", "gte", "lt", "lte",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static string Condition(SqlText sql, string column, Type type, string lookup, object? value) => lookup switch
    {
        "isnull" => $"{column} IS {(Postern.Expressions.ScriptValue.IsTrue(value) ? "" : "NOT ")}NULL",
        "in" => $"{column} = ANY({sql.Parameter(ParameterValue.ListOf(value, type))})",
        "exact" or "iexact" when value is null => $"{column} IS NULL",
        "exact" => $"{column} = {Parameter(sql, value, type)}",
        "iexact" => $"lower({column}::text) = lower({Text(sql, value)})",
        "gt" => $"{column} > {Parameter(sql, value, type)}",
        "gte" => $"{column} >= {Parameter(sql, value, type)}",
        "lt" => $"{column} < {Parameter(sql, value, type)}",
        "lte" => $"{column} <= {Parameter(sql, value, type)}",
        _ => $"{column}::text {(lookup[0] == 'i' ? "ILIKE" : "LIKE")} {sql.Parameter(Pattern(lookup, value))}",
    };

    static string Pattern(string lookup, object? value)
    {
        var text = PlainSearch.Escape(Postern.Expressions.ScriptValue.ToText(value));
        return lookup.TrimStart('i') switch
        {
            "startswith" => $"{text}%",
            "endswith" => $"%{text}",
            _ => $"%{text}%",
        };
    }

    static string Parameter(SqlText sql, object? value, Type type) => sql.Parameter(ParameterValue.Of(value, type));

    static string Text(SqlText sql, object? value) => sql.Parameter(Postern.Expressions.ScriptValue.ToText(value));
}
