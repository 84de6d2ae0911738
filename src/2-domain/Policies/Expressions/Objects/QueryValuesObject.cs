using Postern.Expressions;

namespace Postern.Policies.Expressions.Objects;

/// <summary>Query or form fields: a dict of the last values, with <c>getlist</c> for all.</summary>
sealed class QueryValuesObject(IReadOnlyDictionary<string, IReadOnlyList<string>> values) : HostObject
{
    public override string TypeName => "QueryDict";

    protected override int? Length => values.Count;

    protected override bool HasItems => true;

    protected override IEnumerable<object?> Iterate() => values.Keys;

    protected override bool? Contains(object? item) => item is string name && values.ContainsKey(name);

    protected override bool TryGetItem(object? key, out object? value)
    {
        var found = values.TryGetValue(key as string ?? "", out var list);
        value = list is { Count: > 0 } ? list[^1] : null;
        return found;
    }

    protected override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "get" => new HostFunction("get", call => TryGetItem(call.Require(0, "key"), out var found) ? found : call.Get(1, "default")),
            "getlist" => new HostFunction("getlist", call => new ScriptList(values.GetValueOrDefault(call.RequireText(0, "key")) ?? [])),
            "keys" => new HostFunction("keys", _ => new ScriptList(values.Keys)),
            "items" => new HostFunction("items", _ => new ScriptList(values.Select(v => (object?)new ScriptTuple(v.Key, v.Value.Count > 0 ? v.Value[^1] : null)))),
            _ => null,
        };
        return value is not null;
    }
}
