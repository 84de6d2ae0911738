namespace Postern.Expressions;

/// <summary>The tests of `match` patterns; each gives the parts to match further, or null.</summary>
internal static class Matching
{
    public static ScriptTuple? Sequence(object? value, int count, int star)
    {
        if (value is not (ScriptList or ScriptTuple or RangeValue or LiveList))
            return null;
        var items = Iteration.ToArray(value);
        if (star < 0)
            return items.Length == count ? new ScriptTuple(items) : null;
        if (items.Length < count - 1)
            return null;
        var after = count - star - 1;
        var parts = new object?[count];
        items.AsSpan(0, star).CopyTo(parts);
        parts[star] = ScriptList.Own(items[star..^after]);
        items.AsSpan(items.Length - after).CopyTo(parts.AsSpan(star + 1));
        return new ScriptTuple(parts);
    }

    public static ScriptTuple? Mapping(object? value, ScriptTuple keys, bool wantsRest)
    {
        var dict = value switch { ScriptDict d => d, LiveDictionary l => l.Copy(), _ => null };
        if (dict is null)
            return null;
        var parts = new object?[keys.Count + (wantsRest ? 1 : 0)];
        for (var i = 0; i < keys.Count; i++)
        {
            if (!dict.TryGetValue(keys[i], out parts[i]))
                return null;
        }

        if (wantsRest)
        {
            var rest = new ScriptDict(dict.Table.Copy());
            foreach (var key in keys.Items)
                rest.Remove(key);
            parts[^1] = rest;
        }

        return new ScriptTuple(parts);
    }

    public static ScriptTuple? Class(object? value, object? type, ClassPatternShape shape)
    {
        if (type is not (ScriptType or HostObject))
            throw new ScriptException(ExceptionTypes.TypeError, "called match pattern must be a class");
        if (!InstanceCheck.Is(value, type))
            return null;
        var parts = new object?[shape.Positional + shape.Keywords.Length];
        if (shape.Positional > 0)
        {
            // Builtin types match themselves in their one place.
            if (shape.Positional > 1 || value is HostObject)
                throw new ScriptException(ExceptionTypes.TypeError, $"{Types.NameOf(value)}() accepts at most 1 positional sub-pattern ({shape.Positional} given)");
            parts[0] = value;
        }

        for (var i = 0; i < shape.Keywords.Length; i++)
        {
            if (!Attributes.TryGet(value, shape.Keywords[i], out parts[shape.Positional + i]))
                return null;
        }

        return new ScriptTuple(parts);
    }
}
