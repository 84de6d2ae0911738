namespace Postern.Expressions;

/// <summary>The words in which builtin types declare their members.</summary>
internal static class TypeTable
{
    /// <summary>Declares a method; the signature leaves out the receiver, which is the first argument of the body.</summary>
    public static ScriptType Method(this ScriptType type, string name, string signature, NativeBody body)
    {
        var parsed = Signature.Parse(WithReceiver(signature), isMethod: true);
        type.Members[name] = new MethodMember(new NativeFunction(name, parsed, body) { Owner = type });
        return type;
    }

    /// <summary>Declares a method that gives None.</summary>
    public static ScriptType Procedure(this ScriptType type, string name, string signature, NativeProcedure body) =>
        type.Method(name, signature, (machine, arguments) =>
        {
            body(machine, arguments);
            return null;
        });

    // A signature that is positional-only covers the receiver too; others keep the receiver out of reach of keywords.
    private static string WithReceiver(string signature) =>
        signature.Length == 0 ? "self, /" : signature.Contains('/', StringComparison.Ordinal) ? $"self, {signature}" : $"self, /, {signature}";

    public static ScriptType Static(this ScriptType type, string name, string signature, NativeBody body)
    {
        type.Members[name] = new ConstantMember(new NativeFunction(name, Signature.Parse(signature, isMethod: false), body));
        return type;
    }

    public static ScriptType Getter(this ScriptType type, string name, Func<object, object?> get)
    {
        type.Members[name] = new GetterMember(get);
        return type;
    }

    public static ScriptType Constant(this ScriptType type, string name, object? value)
    {
        type.Members[name] = new ConstantMember(value);
        return type;
    }

    public static ScriptType New(this ScriptType type, string signature, NativeBody body)
    {
        type.Constructor = new NativeFunction(type.Name, Signature.Parse(signature, isMethod: false), body);
        return type;
    }

    public static ScriptException TypeError(string message) => new(ExceptionTypes.TypeError, message);

    public static ScriptException ValueError(string message) => new(ExceptionTypes.ValueError, message);

    /// <summary>A string argument, or TypeError in the words of CPython's argument parser.</summary>
    public static string Text(object? value, string function, int place = 0) => value as string
        ?? throw TypeError(place > 0
            ? $"{function}() argument {place} must be str, not {Types.NameOf(value)}"
            : $"{function}() argument must be str, not {Types.NameOf(value)}");
}
