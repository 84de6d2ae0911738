namespace Postern.Expressions;

/// <summary>What one evaluation can see: its variables and functions, and its modules beyond the builtin ones.</summary>
public sealed class ScriptScope
{
    private readonly KeyTable values = new();
    private Dictionary<string, HostModule>? modules;
    private Func<IEnumerable<HostModule>>? moreModules;

    /// <summary>Anything the host's functions need to recognise the evaluation by; scripts never see it.</summary>
    public object? State { get; set; }

    /// <summary>Sets a variable, converting it as <see cref="ScriptValue.From"/> does.</summary>
    public ScriptScope Set(string name, object? value)
    {
        values.Set(name, ScriptValue.From(value));
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

    public bool TryGet(string name, out object? value) => TryGet(name, Equality.Hash(name), out value);

    internal bool TryGet(string name, int hash, out object? value)
    {
        var index = values.Find(name, hash);
        value = index >= 0 ? values.ValueAt(index) : null;
        return index >= 0;
    }

    /// <summary>Adds modules that are made when the script first imports anything; most import nothing.</summary>
    public ScriptScope Modules(Func<IEnumerable<HostModule>> make)
    {
        moreModules = make;
        return this;
    }

    internal HostModule? FindModule(string name) => AllModules().GetValueOrDefault(name);

    internal IEnumerable<string> ModuleNames => AllModules().Keys;

    private Dictionary<string, HostModule> AllModules()
    {
        modules ??= new Dictionary<string, HostModule>(StringComparer.Ordinal);
        foreach (var module in moreModules?.Invoke() ?? [])
            modules[module.Name] = module;
        moreModules = null;
        return modules;
    }
}
