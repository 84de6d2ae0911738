using System.Collections;
using Postern.Expressions;

namespace Postern.Policies.Expressions.Showing;

/// <summary>A list of the product as scripts see it.</summary>
sealed class ShownList(IList<object?> inner, ExpressionRun run) : IList<object?>
{
    public IList<object?> Inner => inner;

    public int Count => inner.Count;

    public bool IsReadOnly => inner.IsReadOnly;

    public object? this[int index]
    {
        get => Show.ToScript(inner[index], run);
        set => Writable()[index] = Show.ToProduct(value);
    }

    public void Add(object? item) => Writable().Add(Show.ToProduct(item));

    public void Insert(int index, object? item) => Writable().Insert(index, Show.ToProduct(item));

    public void RemoveAt(int index) => Writable().RemoveAt(index);

    public bool Remove(object? item) => Writable().Remove(Show.ToProduct(item));

    public void Clear() => Writable().Clear();

    public int IndexOf(object? item) => inner.IndexOf(Show.ToProduct(item));

    public bool Contains(object? item) => inner.Contains(Show.ToProduct(item));

    public void CopyTo(object?[] array, int arrayIndex)
    {
        foreach (var item in this)
            array[arrayIndex++] = item;
    }

    public IEnumerator<object?> GetEnumerator() => inner.Select(i => Show.ToScript(i, run)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    IList<object?> Writable() => inner.IsReadOnly ? throw new ScriptException(ExceptionTypes.TypeError, "this list cannot be changed") : inner;
}
