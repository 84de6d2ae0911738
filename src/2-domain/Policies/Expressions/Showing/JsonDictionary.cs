using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Postern.Expressions;

namespace Postern.Policies.Expressions.Showing;

/// <summary>A JSON object as scripts see it: a dict whose changes stay in the object.</summary>
sealed class JsonDictionary(JsonObject node, ExpressionRun run) : IDictionary<string, object?>
{
    public JsonObject Node => node;

    public ICollection<string> Keys => [.. node.Select(p => p.Key)];

    public ICollection<object?> Values => [.. node.Select(p => Show.ToScript(p.Value, run))];

    public int Count => node.Count;

    public bool IsReadOnly => false;

    public object? this[string key]
    {
        get => node.TryGetPropertyValue(key, out var value) ? Show.ToScript(value, run) : throw new KeyNotFoundException(key);
        set => node[key] = ToNode(value);
    }

    public void Add(string key, object? value) => this[key] = value;

    public void Add(KeyValuePair<string, object?> item) => this[item.Key] = item.Value;

    public bool Remove(string key) => node.Remove(key);

    public bool Remove(KeyValuePair<string, object?> item) => node.Remove(item.Key);

    public void Clear() => node.Clear();

    public bool ContainsKey(string key) => node.ContainsKey(key);

    public bool Contains(KeyValuePair<string, object?> item) => node.ContainsKey(item.Key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        var found = node.TryGetPropertyValue(key, out var raw);
        value = found ? Show.ToScript(raw, run) : null;
        return found;
    }

    public void CopyTo(KeyValuePair<string, object?>[] array, int arrayIndex)
    {
        foreach (var item in this)
            array[arrayIndex++] = item;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        node.ToList().Select(p => KeyValuePair.Create(p.Key, Show.ToScript(p.Value, run))).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A node of its own for any script value: one that already has a parent is copied.</summary>
    public static JsonNode? ToNode(object? value) => Show.ToProduct(value) is JsonNode live ? live.DeepClone() : ScriptValue.ToJson(ScriptValue.From(value));
}
