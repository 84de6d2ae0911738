namespace Postern.Expressions;

/// <summary>One call of a host function by a script: its arguments, and what the evaluation offers.</summary>
public sealed class HostCall
{
    private readonly Machine machine;
    private readonly string[] keywords;
    private readonly object?[] values;
    private readonly int positional;

    internal HostCall(Machine machine, string name, object?[] values, string[]? keywords)
    {
        this.machine = machine;
        this.values = values;
        this.keywords = keywords ?? [];
        positional = values.Length - this.keywords.Length;
        Name = name;
    }

    /// <summary>The name the function was declared with.</summary>
    public string Name { get; }

    public ReadOnlySpan<object?> Arguments => values.AsSpan(0, positional);

    public int Count => positional;

    public object? this[int index] => index < positional ? values[index] : null;

    /// <summary>The keyword arguments in call order.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Keywords
    {
        get
        {
            for (var i = 0; i < keywords.Length; i++)
                yield return new(keywords[i], values[positional + i]);
        }
    }

    public CancellationToken Cancellation => machine.Cancellation;

    public TimeProvider Time => machine.Time;

    /// <summary>The position of the call in the script.</summary>
    public ScriptPosition Position => machine.CurrentPosition;

    /// <summary>What the host gave the scope to recognise its evaluation by.</summary>
    public object? State => machine.Scope.State;

    /// <summary>The variables of the calling function by name, as they are now.</summary>
    public IReadOnlyDictionary<string, object?> Locals => machine.SnapshotLocals();

    /// <summary>Adds a line to the evaluation's log.</summary>
    public void Log(string level, string message) => machine.WriteLog(level, message);

    /// <summary>Counts work the host does for the script against the script's budget.</summary>
    public void Spend(int steps) => machine.Spend(steps);

    /// <summary>Calls a function the script passed in, and waits for it.</summary>
    public object? Invoke(object? function, params object?[] arguments) => machine.Invoke(function, arguments, null);

    /// <summary>Reads an argument by place or name; <paramref name="fallback"/> when it was not given.</summary>
    public object? Get(int index, string name, object? fallback = null) => TryGet(index, name, out var value) ? value : fallback;

    public bool TryGet(int index, string name, out object? value)
    {
        if (index >= 0 && index < positional)
        {
            value = values[index];
            return true;
        }

        var keyword = Array.IndexOf(keywords, name);
        value = keyword >= 0 ? values[positional + keyword] : null;
        return keyword >= 0;
    }

    /// <summary>Reads a required argument, raising TypeError as Python does when it is missing.</summary>
    public object? Require(int index, string name) => TryGet(index, name, out var value)
        ? value
        : throw new ScriptException(ExceptionTypes.TypeError, $"{Name}() missing 1 required positional argument: '{name}'");

    /// <summary>Reads a required string argument.</summary>
    public string RequireText(int index, string name) => Require(index, name) is string text
        ? text
        : throw new ScriptException(ExceptionTypes.TypeError, $"{Name}() argument '{name}' must be str, not {Types.NameOf(Require(index, name))}");

    /// <summary>Refuses arguments beyond a number of places and keywords outside the named ones.</summary>
    public void Expect(int mostPositional, params ReadOnlySpan<string> names)
    {
        if (positional > mostPositional)
        {
            throw new ScriptException(
                ExceptionTypes.TypeError,
                $"{Name}() takes {mostPositional} positional argument{(mostPositional == 1 ? "" : "s")} but {positional} {(positional == 1 ? "was" : "were")} given");
        }

        foreach (var keyword in keywords)
        {
            if (!names.Contains(keyword))
                throw new ScriptException(ExceptionTypes.TypeError, $"{Name}() got an unexpected keyword argument '{keyword}'");
            if (names.IndexOf(keyword) < positional)
                throw new ScriptException(ExceptionTypes.TypeError, $"{Name}() got multiple values for argument '{keyword}'");
        }
    }
}
