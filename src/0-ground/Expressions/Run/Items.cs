namespace Postern.Expressions;

/// <summary>Subscripts: `a[k]`, `a[k] = v` and `del a[k]`.</summary>
internal static class Items
{
    public static object? Get(object? target, object? key)
    {
        switch (target)
        {
            case ScriptDict dict:
                var index = dict.Table.Find(key);
                return index >= 0 ? dict.Table.ValueAt(index) : DictMethods.Absent(dict, key);
            case ScriptList list:
                return key is SliceValue s1 ? Slice(list.Span, s1, o => ScriptList.Own(o)) : list[Place(key, list.Count, "list", "list index out of range")];
            case ScriptTuple tuple:
                return key is SliceValue s2
                    ? Slice(tuple.Items, s2, o => new ScriptTuple(o))
                    : tuple[Place(key, tuple.Count, "tuple", "tuple index out of range")];
            case string text:
                return OfText(text, key);
            case HostObject host:
                return OfHost(host, key);
            case ScriptBytes bytes:
                return OfBytes(bytes, key);
            case RangeValue range:
                return OfRange(range, key);
            case ScriptType type when ReferenceEquals(type, Types.Type) is false && target is ScriptType:
                throw new ScriptException(ExceptionTypes.TypeError, $"type '{type.Name}' is not subscriptable");
            default:
                throw new ScriptException(ExceptionTypes.TypeError, $"'{Types.NameOf(target)}' object is not subscriptable");
        }
    }

    private static string OfText(string text, object? key)
    {
        if (key is SliceValue slice)
        {
            var (start, count, step) = slice.Resolve(Text.Length(text));
            return Text.Slice(text, start, count, step);
        }

        var index = Numbers.ToIndex(key, $"string indices must be integers, not '{Types.NameOf(key)}'");
        var length = Text.Length(text);
        if (index < 0)
            index += length;
        return index >= 0 && index < length ? Text.CharAt(text, (int)index) : throw OutOfRange("string index out of range");
    }

    private static object OfBytes(ScriptBytes bytes, object? key)
    {
        if (key is not SliceValue slice)
            return Boxed.Int(bytes.Span[Place(key, bytes.Count, "byte", "index out of range")]);
        var (start, count, step) = slice.Resolve(bytes.Count);
        Machine.Charge(count);
        var result = new byte[count];
        for (var i = 0; i < count; i++)
            result[i] = bytes.Span[start + (i * step)];
        return new ScriptBytes(result);
    }

    private static object OfRange(RangeValue range, object? key)
    {
        if (key is SliceValue slice)
        {
            var (start, count, step) = slice.Resolve((int)Math.Min(range.Count, int.MaxValue));
            var first = range[start];
            return new RangeValue(first, first + ((long)count * step * range.Step), step * range.Step);
        }

        var index = Numbers.ToIndex(key, $"range indices must be integers or slices, not {Types.NameOf(key)}");
        if (index < 0)
            index += range.Count;
        return index >= 0 && index < range.Count ? Boxed.Int(range[index]) : throw OutOfRange("range object index out of range");
    }

    private static object? OfHost(HostObject host, object? key)
    {
        if (host.NeedsLoad)
            Machine.Current?.Load(host);
        if (!host.HasItems)
            throw new ScriptException(ExceptionTypes.TypeError, $"'{host.TypeName}' object is not subscriptable");
        return host.TryGetItem(key, out var value) ? ScriptValue.From(value) : throw new ScriptException(ExceptionTypes.KeyError, key);
    }

    private static object Slice(ReadOnlySpan<object?> items, SliceValue slice, Func<object?[], object> make)
    {
        var (start, count, step) = slice.Resolve(items.Length);
        Machine.Charge(8L * count);
        var result = new object?[count];
        for (var i = 0; i < count; i++)
            result[i] = items[start + (i * step)];
        return make(result);
    }

    private static int Place(object? key, int count, string kind, string message)
    {
        var index = key is long l ? l : Numbers.ToIndex(key, $"{kind} indices must be integers or slices, not {Types.NameOf(key)}");
        if (index < 0)
            index += count;
        return index >= 0 && index < count ? (int)index : throw OutOfRange(message);
    }

    private static ScriptException OutOfRange(string message) => new(ExceptionTypes.IndexError, message);

    public static void Set(object? target, object? key, object? value)
    {
        switch (target)
        {
            case ScriptDict dict:
                dict.Set(key, value);
                break;
            case ScriptList list when key is SliceValue slice:
                SetSlice(list, slice, value);
                break;
            case ScriptList list:
                list[Place(key, list.Count, "list", "list assignment index out of range")] = value;
                break;
            case HostObject host when host.TrySetItem(key, value):
                break;
            default:
                throw new ScriptException(ExceptionTypes.TypeError, $"'{Types.NameOf(target)}' object does not support item assignment");
        }
    }

    private static void SetSlice(ScriptList list, SliceValue slice, object? value)
    {
        if (value is not (ScriptList or ScriptTuple or string or ScriptDict or ScriptSet or RangeValue or ScriptIterator or ScriptBytes or HostObject))
            throw new ScriptException(ExceptionTypes.TypeError, "can only assign an iterable");
        var items = Iteration.ToList(value);
        var (start, count, step) = slice.Resolve(list.Count);
        if (step == 1)
        {
            list.ReplaceRange(start, count, items.Span);
            return;
        }

        if (items.Count != count)
        {
            throw new ScriptException(
                ExceptionTypes.ValueError, $"attempt to assign sequence of size {items.Count} to extended slice of size {count}");
        }

        for (var i = 0; i < count; i++)
            list[start + (i * step)] = items[i];
    }

    public static void Delete(object? target, object? key)
    {
        switch (target)
        {
            case ScriptDict dict:
                if (!dict.Remove(key))
                    throw new ScriptException(ExceptionTypes.KeyError, key);
                break;
            case ScriptList list when key is SliceValue slice:
                DeleteSlice(list, slice);
                break;
            case ScriptList list:
                list.RemoveRange(Place(key, list.Count, "list", "list assignment index out of range"), 1);
                break;
            case HostObject { HasItems: true } host:
                if (!host.TryDeleteItem(key))
                    throw new ScriptException(ExceptionTypes.KeyError, key);
                break;
            default:
                throw new ScriptException(ExceptionTypes.TypeError, $"'{Types.NameOf(target)}' object doesn't support item deletion");
        }
    }

    private static void DeleteSlice(ScriptList list, SliceValue slice)
    {
        var (start, count, step) = slice.Resolve(list.Count);
        if (step == 1)
        {
            list.RemoveRange(start, count);
            return;
        }

        var doomed = Enumerable.Range(0, count).Select(i => start + (i * step)).ToHashSet();
        var kept = Enumerable.Range(0, list.Count).Where(i => !doomed.Contains(i)).Select(i => list[i]).ToArray();
        list.Clear();
        list.AddRange(kept);
    }
}
