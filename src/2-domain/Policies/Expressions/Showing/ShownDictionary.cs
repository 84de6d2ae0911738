using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Postern.Expressions;

namespace Postern.Policies.Expressions.Showing;

/// <summary>A dictionary of the product as scripts see it: values are shown when read and taken back when written.</summary>
sealed class ShownDictionary(IDictionary<string, object?> inner, ExpressionRun run) : IDictionary<string, object?>
{
    public IDictionary<string, object?> Inner => inner;

    public ICollection<string> Keys => inner.Keys;

    public ICollection<object?> Values => [.. inner.Values.Select(v => Show.ToScript(v, run))];

    public int Count => inner.Count;

    public bool IsReadOnly => inner.IsReadOnly;

    public object? this[string key]
    {
        get => Show.ToScript(inner[key], run);
        set => Write(key, value);
    }

    public void Add(string key, object? value) => Write(key, value);

    public void Add(KeyValuePair<string, object?> item) => Write(item.Key, item.Value);

    public bool Remove(string key) => inner.Remove(key);

    public bool Remove(KeyValuePair<string, object?> item) => inner.Remove(item.Key);

    public void Clear() => inner.Clear();

    public bool ContainsKey(string key) => inner.ContainsKey(key);

    public bool Contains(KeyValuePair<string, object?> item) => inner.ContainsKey(item.Key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        var found = inner.TryGetValue(key, out var raw);
        value = found ? Show.ToScript(raw, run) : null;
        return found;
    }

    public void CopyTo(KeyValuePair<string, object?>[] array, int arrayIndex)
    {
        foreach (var item in this)
            array[arrayIndex++] = item;
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        inner.Select(p => KeyValuePair.Create(p.Key, Show.ToScript(p.Value, run))).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void Write(string key, object? value)
    {
        if (inner.IsReadOnly)
            throw new ScriptException(ExceptionTypes.TypeError, "this dict cannot be changed");
        inner[key] = Show.ToProduct(value);
    }
}
