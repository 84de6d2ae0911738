using System.Collections.Frozen;

namespace Postern.Expressions;

/// <summary>A table of the attributes and methods a kind of host object shows, built once and shared by all its instances.</summary>
public sealed class HostMembers<T>
    where T : HostObject
{
    private readonly Dictionary<string, Func<T, object?>> getters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Action<T, object?>> setters = new(StringComparer.Ordinal);
    private FrozenDictionary<string, Func<T, object?>>? frozen;

    public IReadOnlyCollection<string> Names => getters.Keys;

    public HostMembers<T> Property(string name, Func<T, object?> get, Action<T, object?>? set = null)
    {
        getters[name] = get;
        if (set is not null)
            setters[name] = set;
        return this;
    }

    /// <summary>A property whose value may come later, such as a related object that has to be queried.</summary>
    public HostMembers<T> AsyncProperty(string name, Func<T, ValueTask<object?>> get)
    {
        getters[name] = self =>
        {
            var task = get(self);
            return task.IsCompletedSuccessfully ? task.Result : new HostPending(task);
        };
        return this;
    }

    public HostMembers<T> Method(string name, Func<T, HostCall, object?> body)
    {
        getters[name] = self => new HostFunction(name, call => body(self, call));
        return this;
    }

    /// <summary>A method that may finish later, such as a query.</summary>
    public HostMembers<T> AsyncMethod(string name, Func<T, HostCall, ValueTask<object?>> body)
    {
        getters[name] = self => new HostFunction(name, call => body(self, call));
        return this;
    }

    public bool TryGet(T self, string name, out object? value)
    {
        var found = (frozen ??= getters.ToFrozenDictionary(StringComparer.Ordinal)).TryGetValue(name, out var get);
        value = found ? ScriptValue.From(get!(self)) : null;
        return found;
    }

    public bool TrySet(T self, string name, object? value)
    {
        if (!setters.TryGetValue(name, out var set))
            return false;
        set(self, value);
        return true;
    }
}
