using System.Collections;
using System.Text.Json.Nodes;

namespace Postern.Policies.Expressions.Showing;

/// <summary>A JSON array as scripts see it: a list whose changes stay in the array.</summary>
sealed class JsonList(JsonArray node, ExpressionRun run) : IList<object?>
{
    public JsonArray Node => node;

    public int Count => node.Count;

    public bool IsReadOnly => false;

    public object? this[int index]
    {
        get => Show.ToScript(node[index], run);
        set => node[index] = JsonDictionary.ToNode(value);
    }

    public void Add(object? item) => node.Add(JsonDictionary.ToNode(item));

    public void Insert(int index, object? item) => node.Insert(index, JsonDictionary.ToNode(item));

    public void RemoveAt(int index) => node.RemoveAt(index);

    public bool Remove(object? item)
    {
        var index = IndexOf(item);
        if (index >= 0)
            node.RemoveAt(index);
        return index >= 0;
    }

    public void Clear() => node.Clear();

    public int IndexOf(object? item)
    {
        var wanted = JsonDictionary.ToNode(item);
        for (var i = 0; i < node.Count; i++)
        {
            if (JsonNode.DeepEquals(node[i], wanted))
                return i;
        }
        return -1;
    }

    public bool Contains(object? item) => IndexOf(item) >= 0;

    public void CopyTo(object?[] array, int arrayIndex)
    {
        foreach (var item in this)
            array[arrayIndex++] = item;
    }

    public IEnumerator<object?> GetEnumerator() => node.Select(i => Show.ToScript(i, run)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
