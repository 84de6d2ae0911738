namespace Postern.Expressions;

/// <summary>The rules of isinstance and issubclass.</summary>
internal static class InstanceCheck
{
    public static bool Is(object? value, object? type) => type switch
    {
        ScriptType t => Types.Of(value).IsSubclassOf(t),
        ScriptTuple tuple => IsAny(value, tuple),
        HostObject host => host.IsInstance(value) ?? throw Refused("isinstance"),
        UnionType union => IsAny(value, union.Members),
        null => throw Refused("isinstance"),
        _ => throw Refused("isinstance"),
    };

    private static bool IsAny(object? value, ScriptTuple types)
    {
        foreach (var type in types.Items)
        {
            if (type is null ? value is null : Is(value, type))
                return true;
        }

        return false;
    }

    public static bool IsSubclass(object? value, object? type)
    {
        if (value is not ScriptType candidate)
            throw new ScriptException(ExceptionTypes.TypeError, "issubclass() arg 1 must be a class");
        return type switch
        {
            ScriptType t => candidate.IsSubclassOf(t),
            ScriptTuple tuple => tuple.Items.ToArray().Any(t => IsSubclass(value, t)),
            UnionType union => IsSubclass(value, union.Members),
            _ => throw new ScriptException(ExceptionTypes.TypeError, "issubclass() arg 2 must be a class, a tuple of classes, or a union"),
        };
    }

    private static ScriptException Refused(string function) =>
        new(ExceptionTypes.TypeError, $"{function}() arg 2 must be a type, a tuple of types, or a union");
}

/// <summary>The value of `int | str`.</summary>
internal sealed record UnionType(ScriptTuple Members);
