namespace Postern.Expressions;

/// <summary>An exception of the script's language; a host throws it to raise one, and it never leaves an evaluation.</summary>
public sealed class ScriptException : Exception
{
    /// <summary>Raises <paramref name="type"/> with the given arguments, which are script values.</summary>
    public ScriptException(ScriptType type, params object?[] arguments)
        : this(new ExceptionValue(type, new ScriptTuple(arguments)))
    {
    }

    internal ScriptException(ExceptionValue value) => Value = value;

    internal ExceptionValue Value { get; }

    public ScriptType Type => Value.Type;

    /// <summary>What `str(exception)` gives.</summary>
    public override string Message => Value.Text();
}
