namespace Postern.Expressions;

/// <summary>A module scripts can import: a name and the things in it. Nothing is loaded from anywhere.</summary>
public sealed class HostModule
{
    private readonly Dictionary<string, object?> members = new(StringComparer.Ordinal);

    public HostModule(string name) => Name = name;

    public HostModule(string name, IEnumerable<KeyValuePair<string, object?>> members)
        : this(name)
    {
        foreach (var (key, value) in members)
            Set(key, value);
    }

    public string Name { get; }

    public IReadOnlyCollection<string> Names => members.Keys;

    public HostModule Set(string name, object? value)
    {
        members[name] = ScriptValue.From(value);
        return this;
    }

    public HostModule Function(string name, Func<HostCall, object?> body) => Set(name, new HostFunction(name, body));

    public bool TryGet(string name, out object? value) => members.TryGetValue(name, out value);
}
