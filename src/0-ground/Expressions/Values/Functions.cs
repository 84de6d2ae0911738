namespace Postern.Expressions;

/// <summary>A function of a script with the cells and defaults it was made with.</summary>
internal sealed class FunctionValue(Code code, Cell[] closure, object?[] defaults, ScriptDict? keywordDefaults)
{
    public Code Code { get; } = code;

    public Cell[] Closure { get; } = closure;

    public object?[] Defaults { get; } = defaults;

    public ScriptDict? KeywordDefaults { get; } = keywordDefaults;

    public string Name => Code.Name;
}

/// <summary>The body of a builtin: its arguments are bound to the places of its signature. They may lie on the operand stack, and are gone when it returns.</summary>
internal delegate object? NativeBody(Machine machine, ReadOnlySpan<object?> arguments);

/// <summary>The body of a builtin that gives None.</summary>
internal delegate void NativeProcedure(Machine machine, ReadOnlySpan<object?> arguments);

/// <summary>A function of the language's own library.</summary>
internal sealed class NativeFunction(string name, Signature signature, NativeBody body)
{
    public string Name { get; } = name;

    public Signature Signature { get; } = signature;

    public NativeBody Body { get; } = body;

    /// <summary>The type whose method this is; its first argument must be of that type.</summary>
    public ScriptType? Owner { get; init; }

    /// <summary>True when it walks its arguments, so that lazy host objects among them are loaded before the call.</summary>
    public bool ReadsArguments { get; init; } = true;
}

/// <summary>A method taken from a value without being called.</summary>
internal sealed class BoundMethod(object? self, NativeFunction function)
{
    public object? Self { get; } = self;

    public NativeFunction Function { get; } = function;
}
