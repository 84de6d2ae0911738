namespace Postern.Expressions;

/// <summary>What `raise` and `except` accept.</summary>
internal static class Raising
{
    public static ExceptionValue Make(ScriptType type, string message) => new(type, new ScriptTuple(message));

    public static ExceptionValue FromValue(Machine machine, object? value) => value switch
    {
        ExceptionValue error => error,
        ScriptType { IsException: true } type => (ExceptionValue)machine.Invoke(type, [], null)!,
        _ => throw new ScriptException(ExceptionTypes.TypeError, "exceptions must derive from BaseException"),
    };

    public static bool Matches(ExceptionValue error, object? filter) => filter switch
    {
        ScriptType { IsException: true } type => error.Type.IsSubclassOf(type),
        ScriptTuple tuple => MatchesAny(error, tuple),
        _ => throw new ScriptException(ExceptionTypes.TypeError, "catching classes that do not inherit from BaseException is not allowed"),
    };

    private static bool MatchesAny(ExceptionValue error, ScriptTuple filters)
    {
        foreach (var filter in filters.Items)
        {
            if (Matches(error, filter))
                return true;
        }

        return false;
    }
}
