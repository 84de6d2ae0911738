namespace Postern.Expressions;

internal sealed partial class Machine
{
    private Frame EnterFunction(FunctionValue function, ReadOnlySpan<object?> arguments, string[]? keywords, Frame caller)
    {
        var frame = new Frame(function.Code, function.Closure);
        ParameterBinding.Bind(function, arguments, keywords, frame);
        Deepen();
        frame.Back = caller;
        return top = frame;
    }

    /// <summary>Goes on in a generator that a loop walks; null when it is exhausted.</summary>
    private Frame? EnterGenerator(GeneratorValue generator, Frame caller, int exit)
    {
        if (generator.Frame is not { } frame)
            return null;
        generator.Enter();
        Deepen();
        frame.Back = caller;
        frame.ExitIp = exit;
        if (generator.Started)
            frame.Slots[frame.Sp++] = null;
        generator.Started = true;
        return top = frame;
    }

    /// <summary>Puts the method in the place of its receiver, and that behind it: a marker when the attribute is no method of a builtin type.</summary>
    private void LoadMethod(Span<object?> slots, Site site)
    {
        var target = slots[0];
        if (target is HostRecord record && site.IsAllowed && record.TryFind(site.Name, site.Hash, out var found))
            (slots[0], slots[1]) = (found, Unbound.Value);
        else if (target is not (HostObject or ScriptType or HostModule) && FindMethod(Types.Of(target), site) is { } method)
            (slots[0], slots[1]) = (method, target);
        else
            (slots[0], slots[1]) = (Resolve(Attributes.Get(target, site.Name)), Unbound.Value);
    }

    private static NativeFunction? FindMethod(ScriptType type, Site site)
    {
        if (site.Last is { } last && ReferenceEquals(last.Type, type))
            return last.Function;
        if (type.Find(site.Name) is not MethodMember { Function: var function })
            return null;
        site.Last = new FoundMethod(type, function);
        return function;
    }

    /// <summary>The first lazy host object among the arguments of a builtin that will walk them.</summary>
    private static HostObject? Unloaded(object? callee, ReadOnlySpan<object?> arguments)
    {
        if (callee is not (NativeFunction { ReadsArguments: true } or ScriptType or BoundMethod))
            return null;
        foreach (var argument in arguments)
        {
            if (argument is HostObject { NeedsLoad: true } host)
                return host;
        }

        return null;
    }

    private static (object?[] Arguments, string[]? Keywords) Spread(ScriptList positional, ScriptDict named)
    {
        if (named.Count == 0)
            return (positional.ToArray(), null);
        var arguments = new object?[positional.Count + named.Count];
        positional.Span.CopyTo(arguments);
        var keywords = new string[named.Count];
        var i = 0;
        foreach (var (key, value) in named)
        {
            keywords[i] = (string)key!;
            arguments[positional.Count + i++] = value;
        }

        return (arguments, keywords);
    }

    /// <summary>Calls anything but a plain script function; the result may be pending.</summary>
    private object? CallNative(object? callee, ReadOnlySpan<object?> arguments, string[]? keywords)
    {
        switch (callee)
        {
            case NativeFunction function:
                RequireReceiver(function, arguments, keywords);
                return function.Body(this, function.Signature.Bind(function, arguments, keywords));
            case BoundMethod method:
                var all = new object?[arguments.Length + 1];
                all[0] = method.Self;
                arguments.CopyTo(all.AsSpan(1));
                return method.Function.Body(this, method.Function.Signature.Bind(method.Function, all, keywords));
            case HostFunction function:
                return function.Invoke(new HostCall(this, function.Name, arguments.ToArray(), keywords));
            case ScriptType type:
                return Construct(type, arguments, keywords);
            case HostObject { IsCallable: true } host:
                return ScriptValue.From(host.Call(new HostCall(this, host.TypeName, arguments.ToArray(), keywords)));
            case FunctionValue { Code.IsGenerator: true } function:
                return MakeGenerator(function, arguments, keywords);
            case FunctionValue:
                return Invoke(callee, arguments, keywords);
            default:
                throw new ScriptException(ExceptionTypes.TypeError, $"'{Types.NameOf(callee)}' object is not callable");
        }
    }

    private static GeneratorValue MakeGenerator(FunctionValue function, ReadOnlySpan<object?> arguments, string[]? keywords)
    {
        var frame = new Frame(function.Code, function.Closure);
        ParameterBinding.Bind(function, arguments, keywords, frame);
        var generator = new GeneratorValue(frame);
        frame.Generator = generator;
        return generator;
    }

    private object? Construct(ScriptType type, ReadOnlySpan<object?> arguments, string[]? keywords)
    {
        if (type.Constructor is { } constructor)
            return constructor.Body(this, constructor.Signature.Bind(constructor, arguments, keywords));
        if (!type.IsException)
            throw new ScriptException(ExceptionTypes.TypeError, $"cannot create '{type.Name}' instances");
        if (keywords is not null)
            throw new ScriptException(ExceptionTypes.TypeError, $"{type.Name}() takes no keyword arguments");
        return new ExceptionValue(type, arguments.Length == 0 ? ScriptTuple.Empty : new ScriptTuple(arguments.ToArray()));
    }

    /// <summary>A method taken from its type, as `str.upper`, must be given a value of that type.</summary>
    private static void RequireReceiver(NativeFunction function, ReadOnlySpan<object?> arguments, string[]? keywords)
    {
        if (function.Owner is not { } owner)
            return;
        if (arguments.Length - (keywords?.Length ?? 0) == 0)
            throw new ScriptException(ExceptionTypes.TypeError, $"unbound method {owner.Name}.{function.Name}() needs an argument");
        if (!Types.Of(arguments[0]).IsSubclassOf(owner))
        {
            throw new ScriptException(
                ExceptionTypes.TypeError,
                $"descriptor '{function.Name}' for '{owner.Name}' objects doesn't apply to a '{Types.NameOf(arguments[0])}' object");
        }
    }
}
