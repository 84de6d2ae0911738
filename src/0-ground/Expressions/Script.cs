namespace Postern.Expressions;

/// <summary>
/// A compiled script: the body of a function, whose `return` gives the value, whose end gives None, and which is a generator if it yields.
/// Immutable and safe to run on many threads at once; cache it by its source.
/// </summary>
public sealed class Script
{
    /// <summary>The longest source that is compiled, in characters.</summary>
    public const int MaxSourceLength = 64 * 1024;

    // The tables of the builtin types are filled before the first script can look at one.
    static Script() => Types.Declare();

    private readonly int[] globalHashes;
    private readonly object?[] builtins;
    private readonly int[] localHashes;

    private Script(Code body, string[] globalNames)
    {
        (Body, GlobalNames) = (body, globalNames);
        globalHashes = Array.ConvertAll(globalNames, Equality.Hash);
        localHashes = Array.ConvertAll(body.Names, Equality.Hash);
        builtins = Array.ConvertAll(globalNames, name => Builtins.TryGet(name, out var value) ? value : Unbound.Value);
    }

    internal Code Body { get; }

    internal string[] GlobalNames { get; }

    /// <summary>A name that the body does not set: a variable of the host, or a builtin.</summary>
    internal object? ResolveGlobal(ScriptScope scope, int index)
    {
        if (scope.TryGet(GlobalNames[index], globalHashes[index], out var value))
            return value;
        value = builtins[index];
        return ReferenceEquals(value, Unbound.Value) ? throw new ScriptException(ExceptionTypes.NameError, $"name '{GlobalNames[index]}' is not defined") : value;
    }

    /// <summary>Variables the host gave under names the body assigns start with the host's value.</summary>
    internal void FillLocals(ScriptScope scope, Span<object?> slots)
    {
        for (var i = 0; i < localHashes.Length; i++)
        {
            if (Body.Names[i].Length > 0 && scope.TryGet(Body.Names[i], localHashes[i], out var value))
                slots[i] = value;
        }
    }

    /// <summary>The names the script takes from its scope or the builtins.</summary>
    public IReadOnlyList<string> FreeNames => GlobalNames;

    /// <summary>Compiles a script; the compilation holds either the script or the first syntax error.</summary>
    public static ScriptCompilation Compile(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        try
        {
            var parsed = ParsedScript.Parse(source);
            var globals = new GlobalTable();
            var body = Compiler.CompileBody(parsed.Body, parsed.Top, globals);
            return new ScriptCompilation(new Script(body, globals.Names.ToArray()), []);
        }
        catch (SyntaxFault fault)
        {
            return new ScriptCompilation(null, [ParsedScript.Describe(fault)]);
        }
    }

    /// <summary>
    /// Runs the script. It waits for asynchronous host functions without holding a thread. Every failure of the script is in the outcome;
    /// only a defect of the host's own functions is, too, as an error with <see cref="ScriptError.Fault"/>.
    /// </summary>
    public ValueTask<ScriptOutcome> RunAsync(ScriptScope scope, ScriptRun? run = null, CancellationToken cancellationToken = default) =>
        Evaluation.RunAsync(new Machine(this, scope, run ?? ScriptRun.Default, cancellationToken));

    /// <summary>Runs a script whose host functions are all synchronous; one that is not blocks the thread until it is done.</summary>
    public ScriptOutcome Run(ScriptScope scope, ScriptRun? run = null, CancellationToken cancellationToken = default)
    {
        var task = RunAsync(scope, run, cancellationToken);
        return task.IsCompleted ? task.Result : task.AsTask().GetAwaiter().GetResult();
    }
}
