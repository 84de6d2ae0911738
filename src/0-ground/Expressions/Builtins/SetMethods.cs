namespace Postern.Expressions;

/// <summary>Constructors, methods and operators of set and frozenset.</summary>
internal static class SetMethods
{
    private static ScriptSet Self(ReadOnlySpan<object?> a) => (ScriptSet)a[0]!;

    private static object?[] Others(ReadOnlySpan<object?> a) => (object?[])a[1]!;

    public static void Declare()
    {
        Types.Set.New("iterable=?, /", (_, a) => a[0] is Unbound ? new ScriptSet() : FromIterable(a[0]));
        Types.FrozenSet.New("iterable=?, /", (_, a) => new ScriptSet((a[0] is Unbound ? new ScriptSet() : FromIterable(a[0])).Table, isFrozen: true));
        DeclareShared(Types.Set);
        DeclareShared(Types.FrozenSet);
        Types.Set
            .Procedure("add", "object, /", (_, a) => Self(a).Add(a[1]))
            .Procedure("discard", "object, /", (_, a) => Self(a).Table.Remove(a[1], out var _))
            .Method("remove", "object, /", (_, a) => Self(a).Table.Remove(a[1], out var _) ? null : throw new ScriptException(ExceptionTypes.KeyError, a[1]))
            .Method("pop", "", (_, a) => Pop(Self(a)))
            .Procedure("clear", "", (_, a) => Self(a).Table.Clear())
            .Procedure("update", "*others", (_, a) => Each(a, (set, other) => InPlace(BinaryOperator.Or, set, other)))
            .Procedure("intersection_update", "*others", (_, a) => Each(a, (set, other) => InPlace(BinaryOperator.And, set, other)))
            .Procedure("difference_update", "*others", (_, a) => Each(a, (set, other) => InPlace(BinaryOperator.Subtract, set, other)))
            .Procedure("symmetric_difference_update", "other, /", (_, a) => InPlace(BinaryOperator.Xor, Self(a), FromIterable(a[1])));
    }

    private static void DeclareShared(ScriptType type) => type
        .Method("copy", "", (_, a) => Copy(Self(a)))
        .Method("union", "*others", (_, a) => Fold(a, BinaryOperator.Or))
        .Method("intersection", "*others", (_, a) => Fold(a, BinaryOperator.And))
        .Method("difference", "*others", (_, a) => Fold(a, BinaryOperator.Subtract))
        .Method("symmetric_difference", "other, /", (_, a) => Operate(BinaryOperator.Xor, Self(a), FromIterable(a[1])))
        .Method("issubset", "other, /", (_, a) => Boxed.Bool(Equality.SubsetOf(Self(a), FromIterable(a[1]))))
        .Method("issuperset", "other, /", (_, a) => Boxed.Bool(Equality.SubsetOf(FromIterable(a[1]), Self(a))))
        .Method("isdisjoint", "other, /", (_, a) => Boxed.Bool(!Iteration.Walk(a[1]).Any(Self(a).Contains)));

    private static ScriptSet Copy(ScriptSet set) => new(set.Table.Copy(), set.IsFrozen);

    public static ScriptSet FromIterable(object? value)
    {
        if (value is ScriptSet source)
            return new ScriptSet(source.Table.Copy(), isFrozen: false);
        var set = new ScriptSet();
        foreach (var item in Iteration.Walk(value))
            set.Add(item);
        return set;
    }

    private static object? Pop(ScriptSet set)
    {
        var index = set.Table.FirstIndex();
        if (index < 0)
            throw new ScriptException(ExceptionTypes.KeyError, "pop from an empty set");
        var item = set.Table.KeyAt(index);
        set.Table.Remove(item, out _);
        return item;
    }

    private static void Each(ReadOnlySpan<object?> a, Action<ScriptSet, ScriptSet> apply)
    {
        foreach (var other in Others(a))
            apply(Self(a), FromIterable(other));
    }

    private static ScriptSet Fold(ReadOnlySpan<object?> a, BinaryOperator op)
    {
        var result = Copy(Self(a));
        foreach (var other in Others(a))
            result = Operate(op, result, FromIterable(other))!;
        return result;
    }

    /// <summary>A new set by `|`, `&amp;`, `-` or `^`; null for other operators.</summary>
    public static ScriptSet? Operate(BinaryOperator op, ScriptSet a, ScriptSet b)
    {
        var table = new KeyTable();
        switch (op)
        {
            case BinaryOperator.Or:
                AddWhere(table, a, _ => true);
                AddWhere(table, b, _ => true);
                break;
            case BinaryOperator.And:
                AddWhere(table, a, b.Contains);
                break;
            case BinaryOperator.Subtract:
                AddWhere(table, a, item => !b.Contains(item));
                break;
            case BinaryOperator.Xor:
                AddWhere(table, a, item => !b.Contains(item));
                AddWhere(table, b, item => !a.Contains(item));
                break;
            default:
                return null;
        }

        return new ScriptSet(table, a.IsFrozen);
    }

    private static void AddWhere(KeyTable table, ScriptSet set, Func<object?, bool> keep)
    {
        foreach (var item in set)
        {
            Machine.Tick();
            if (keep(item))
                table.Set(item, null);
        }
    }

    public static object? InPlace(BinaryOperator op, ScriptSet set, ScriptSet other)
    {
        var result = Operate(op, set, other);
        if (result is null)
            return null;
        if (op != BinaryOperator.Or)
            set.Table.Clear();
        AddWhere(set.Table, result, _ => true);
        return set;
    }
}
