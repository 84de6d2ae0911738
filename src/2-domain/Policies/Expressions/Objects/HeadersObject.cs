using Postern.Expressions;

namespace Postern.Policies.Expressions.Objects;

/// <summary>Headers of a request: a dict whose keys have no case.</summary>
sealed class HeadersObject(IReadOnlyDictionary<string, string> headers) : HostObject
{
    public override string TypeName => "HttpHeaders";

    protected override int? Length => headers.Count;

    protected override bool HasItems => true;

    protected override IEnumerable<object?> Iterate() => headers.Keys;

    protected override bool? Contains(object? item) => item is string name && headers.ContainsKey(name);

    protected override bool TryGetItem(object? key, out object? value)
    {
        var found = headers.TryGetValue(key as string ?? "", out var text);
        value = text;
        return found;
    }

    protected override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "get" => new HostFunction("get", call => headers.TryGetValue(call.RequireText(0, "key"), out var text) ? text : call.Get(1, "default")),
            "keys" => new HostFunction("keys", _ => new ScriptList(headers.Keys)),
            "values" => new HostFunction("values", _ => new ScriptList(headers.Values)),
            "items" => new HostFunction("items", _ => new ScriptList(headers.Select(h => (object?)new ScriptTuple(h.Key, h.Value)))),
            _ => null,
        };
        return value is not null;
    }
}
