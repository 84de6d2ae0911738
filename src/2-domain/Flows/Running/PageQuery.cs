using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Postern.Flows.Running;

/// <summary>The query string of a flow's page.</summary>
public sealed class PageQuery
{
    readonly Dictionary<string, StringValues> values;

    PageQuery(string text, Dictionary<string, StringValues> values) => (Text, this.values) = (text, values);

    /// <summary>As it was sent, without the question mark.</summary>
    public string Text { get; }

    public string? this[string name] => values.TryGetValue(name, out var value) && value.Count > 0 ? value[0] : null;

    public IEnumerable<string> Names => values.Keys;

    /// <summary>What makes another plan of the same flow: a person with two links holds two runs.</summary>
    public string Origin => $"{this["itoken"]}|{this["flow_token"]}";

    public static PageQuery Parse(string? text)
    {
        var query = (text ?? "").TrimStart('?');
        return new PageQuery(query, QueryHelpers.ParseQuery(query));
    }

    /// <summary>The same query with one value replaced, or removed by null.</summary>
    public string With(string name, string? value)
    {
        var pairs = values.Where(v => !string.Equals(v.Key, name, StringComparison.Ordinal)).SelectMany(v => v.Value.Select(x => KeyValuePair.Create(v.Key, x)));
        if (value is not null)
            pairs = pairs.Append(KeyValuePair.Create(name, (string?)value));
        return QueryHelpers.AddQueryString("", pairs).TrimStart('?');
    }
}
