namespace Postern.Expressions;

/// <summary>What one evaluation can see: its variables and functions, and its modules beyond the builtin ones.</summary>
public sealed class ScriptScope
{
    private readonly Dictionary<string, object?> values = new(StringComparer.Ordinal);
    private Dictionary<string, HostModule>? modules;

    public IReadOnlyDictionary<string, object?> Values => values;

    /// <summary>Anything the host's functions need to recognise the evaluation by; scripts never see it.</summary>
    public object? State { get; set; }

    /// <summary>Sets a variable, converting it as <see cref="ScriptValue.From"/> does.</summary>
    public ScriptScope Set(string name, object? value)
    {
        values[name] = ScriptValue.From(value);
        return this;
    }

    public ScriptScope Function(string name, Func<HostCall, object?> body) => Set(name, new HostFunction(name, body));

    /// <summary>Adds a function that may finish later, such as a query.</summary>
    public ScriptScope AsyncFunction(string name, Func<HostCall, ValueTask<object?>> body) => Set(name, new HostFunction(name, body));

    public ScriptScope Module(HostModule module)
    {
        modules ??= new Dictionary<string, HostModule>(StringComparer.Ordinal);
        modules[module.Name] = module;
        return this;
    }

    internal bool TryGet(string name, out object? value) => values.TryGetValue(name, out value);

    internal HostModule? FindModule(string name) => modules is not null && modules.TryGetValue(name, out var module) ? module : null;

    internal IEnumerable<string> ModuleNames => modules?.Keys ?? Enumerable.Empty<string>();
}
