namespace Postern.Expressions;

/// <summary>Reads and writes attributes; what no type or host declares does not exist.</summary>
internal static class Attributes
{
    public static object? Get(object? target, string name)
    {
        if (TryGet(target, name, out var value))
            return value;
        throw Missing(target, name);
    }

    private static ScriptException Missing(object? target, string name)
    {
        var message = target switch
        {
            _ when !AttributeNames.IsAllowed(name) => $"access to attribute '{name}' is not allowed",
            HostModule module => $"module '{module.Name}' has no attribute '{name}'",
            ScriptType type => $"type object '{type.Name}' has no attribute '{name}'",
            _ => $"'{Types.NameOf(target)}' object has no attribute '{name}'",
        };
        return new ScriptException(ExceptionTypes.AttributeError, message);
    }

    public static bool TryGet(object? target, string name, out object? value)
    {
        value = null;
        if (!AttributeNames.IsAllowed(name))
            return false;
        switch (target)
        {
            case HostObject host:
                if (!host.TryGetAttribute(name, out value))
                    return false;
                value = ScriptValue.From(value);
                return true;
            case HostModule module:
                return module.TryGet(name, out value);
            case ScriptType type:
                return TryGetOfType(type, name, out value);
            case ExceptionValue error when TryGetOfError(error, name, out value):
                return true;
        }

        return TryGetMember(target, name, out value);
    }

    private static bool TryGetMember(object? target, string name, out object? value)
    {
        switch (Types.Of(target).Find(name))
        {
            case MethodMember method:
                value = new BoundMethod(target, method.Function);
                return true;
            case GetterMember getter:
                value = getter.Get(target!);
                return true;
            case ConstantMember constant:
                value = constant.Value;
                return true;
            default:
                value = null;
                return false;
        }
    }

    private static bool TryGetOfType(ScriptType type, string name, out object? value)
    {
        value = type.Find(name) switch
        {
            MethodMember method => method.Function,
            ConstantMember constant => constant.Value,
            _ => Unbound.Value,
        };
        if (value is not Unbound)
            return true;
        value = null;
        return false;
    }

    private static bool TryGetOfError(ExceptionValue error, string name, out object? value)
    {
        value = null;
        if (name is "args")
        {
            value = error.Arguments;
            return true;
        }

        if (name is "value" && error.Type == ExceptionTypes.StopIteration)
        {
            value = error.Arguments.Count > 0 ? error.Arguments[0] : null;
            return true;
        }

        return error.Attributes is not null && error.Attributes.TryGetValue(name, out value);
    }

    public static void Set(object? target, string name, object? value)
    {
        if (!AttributeNames.IsAllowed(name))
            throw Missing(target, name);
        if (target is HostObject host && host.TrySetAttribute(name, value))
            return;
        if (target is ExceptionValue error && name is not "args")
        {
            (error.Attributes ??= new Dictionary<string, object?>(StringComparer.Ordinal))[name] = value;
            return;
        }

        throw ReadOnly(target, name);
    }

    private static ScriptException ReadOnly(object? target, string name)
    {
        if (target is ScriptType type)
            return new ScriptException(ExceptionTypes.TypeError, $"cannot set '{name}' attribute of immutable type '{type.Name}'");
        return TryGet(target, name, out _)
            ? new ScriptException(ExceptionTypes.AttributeError, $"'{Types.NameOf(target)}' object attribute '{name}' is read-only")
            : Missing(target, name);
    }

    public static void Delete(object? target, string name)
    {
        if (!AttributeNames.IsAllowed(name))
            throw Missing(target, name);
        if (target is not HostObject host || !host.TryDeleteAttribute(name))
            throw ReadOnly(target, name);
    }
}
