namespace Postern.Expressions;

/// <summary>Puts the arguments of a call into the slots of a script function, with Python's rules and messages.</summary>
internal static class ParameterBinding
{
    public static void Bind(FunctionValue function, ReadOnlySpan<object?> arguments, string[]? keywords, Frame frame)
    {
        var shape = function.Code.Parameters;
        var slots = frame.Slots;
        var count = arguments.Length - (keywords?.Length ?? 0);
        if (keywords is null && count == shape.Positional && shape.IsPlain)
        {
            arguments.CopyTo(slots);
            return;
        }

        var taken = Math.Min(count, shape.Positional);
        arguments[..taken].CopyTo(slots);
        if (shape.HasStar)
            slots[shape.StarSlot] = count > taken ? new ScriptTuple(arguments[taken..count].ToArray()) : ScriptTuple.Empty;
        else if (count > shape.Positional)
            throw TooMany(function, count);
        if (shape.HasDoubleStar)
            slots[shape.DoubleStarSlot] = new ScriptDict();
        if (keywords is not null)
            BindKeywords(function, slots, arguments[count..], keywords);
        FillDefaults(function, slots);
    }

    private static void BindKeywords(FunctionValue function, object?[] slots, ReadOnlySpan<object?> values, string[] keywords)
    {
        var shape = function.Code.Parameters;
        for (var k = 0; k < keywords.Length; k++)
        {
            var index = Array.IndexOf(shape.Names, keywords[k], 0, shape.Positional + shape.KeywordOnly);
            if (index >= shape.PositionalOnly)
            {
                if (slots[index] is not Unbound)
                    throw Error($"{function.Name}() got multiple values for argument '{keywords[k]}'");
                slots[index] = values[k];
            }
            else if (shape.HasDoubleStar)
                ((ScriptDict)slots[shape.DoubleStarSlot]!).Set(keywords[k], values[k]);
            else if (index >= 0)
                throw Error($"{function.Name}() got some positional-only arguments passed as keyword arguments: '{keywords[k]}'");
            else
                throw Error($"{function.Name}() got an unexpected keyword argument '{keywords[k]}'");
        }
    }

    private static void FillDefaults(FunctionValue function, object?[] slots)
    {
        var shape = function.Code.Parameters;
        var firstDefault = shape.Positional - function.Defaults.Length;
        List<string>? missing = null;
        for (var i = 0; i < shape.Positional; i++)
        {
            if (slots[i] is not Unbound)
                continue;
            if (i >= firstDefault)
                slots[i] = function.Defaults[i - firstDefault];
            else
                (missing ??= []).Add(shape.Names[i]);
        }

        if (missing is not null)
            throw Missing(function, missing, "positional");
        for (var i = shape.Positional; i < shape.Positional + shape.KeywordOnly; i++)
        {
            if (slots[i] is not Unbound)
                continue;
            if (function.KeywordDefaults is not null && function.KeywordDefaults.TryGetValue(shape.Names[i], out var value))
                slots[i] = value;
            else
                (missing ??= []).Add(shape.Names[i]);
        }

        if (missing is not null)
            throw Missing(function, missing, "keyword-only");
    }

    private static ScriptException Missing(FunctionValue function, List<string> names, string kind)
    {
        var quoted = names.Select(n => $"'{n}'").ToList();
        var list = quoted.Count switch
        {
            1 => quoted[0],
            2 => $"{quoted[0]} and {quoted[1]}",
            _ => $"{string.Join(", ", quoted[..^1])}, and {quoted[^1]}",
        };
        return Error($"{function.Name}() missing {names.Count} required {kind} argument{(names.Count == 1 ? "" : "s")}: {list}");
    }

    private static ScriptException TooMany(FunctionValue function, int count)
    {
        var shape = function.Code.Parameters;
        var least = shape.Positional - function.Defaults.Length;
        var takes = function.Defaults.Length == 0 ? $"{shape.Positional}" : $"from {least} to {shape.Positional}";
        var plural = function.Defaults.Length == 0 && shape.Positional == 1 ? "" : "s";
        return Error($"{function.Name}() takes {takes} positional argument{plural} but {count} {(count == 1 ? "was" : "were")} given");
    }

    private static ScriptException Error(string message) => new(ExceptionTypes.TypeError, message);
}
