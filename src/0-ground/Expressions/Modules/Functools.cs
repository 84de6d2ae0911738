namespace Postern.Expressions;

/// <summary>The module `functools`, and `operator` beside it.</summary>
internal static class Functools
{
    public static HostModule Build() => new HostModule("functools")
        .Def("reduce", "function, iterable, initial=?, /", Reduce)
        .Def("partial", "func, /, *args, **keywords", (_, a) => new PartialValue(a[0], (object?[])a[1]!, (ScriptDict)a[2]!))
        .Def("cmp_to_key", "mycmp", (m, a) => KeyOf(m, a[0]))
        .Def("lru_cache", "maxsize=128, typed=False", (_, a) => Builtins.IsCallable(a[0]) ? new CachedFunction(a[0]) : Wrapper())
        .Def("cache", "user_function, /", (_, a) => new CachedFunction(a[0]))
        .Def("wraps", "wrapped", (_, _) => new NativeFunction("wraps", Signature.Parse("f, /", isMethod: false), (_, b) => b[0]));

    private static NativeFunction KeyOf(Machine machine, object? compare) =>
        new("key", Signature.Parse("obj, /", isMethod: false), (_, a) => new ComparedKey(machine, compare, a[0]));

    private static NativeFunction Wrapper() =>
        new("lru_cache", Signature.Parse("f, /", isMethod: false), (_, a) => new CachedFunction(a[0]));

    private static object? Reduce(Machine machine, ReadOnlySpan<object?> a)
    {
        object? total = a[2];
        foreach (var item in Iteration.Walk(a[1]))
            total = total is Unbound ? item : machine.Invoke(a[0], [total, item], null);
        return total is Unbound ? throw TypeTable.TypeError("reduce() of empty iterable with no initial value") : total;
    }

    public static HostModule BuildOperator()
    {
        var module = new HostModule("operator")
            .Def("itemgetter", "item, /, *items", (_, a) => Getter((object?[])[a[0], .. (object?[])a[1]!], Items.Get))
            .Def("attrgetter", "attr, /, *attrs", (_, a) => Getter((object?[])[a[0], .. (object?[])a[1]!], Attribute))
            .Def("not_", "a, /", (_, a) => Boxed.Bool(!Truth.Of(a[0])))
            .Def("contains", "a, b, /", (_, a) => Boxed.Bool(Containers.Contains(a[0], a[1])))
            .Def("getitem", "a, b, /", (_, a) => Items.Get(a[0], a[1]))
            .Def("neg", "a, /", (_, a) => Arithmetic.Unary(UnaryOperator.Negative, a[0]));
        foreach (var (name, op) in ((string, BinaryOperator)[])[("add", BinaryOperator.Add), ("sub", BinaryOperator.Subtract), ("mul", BinaryOperator.Multiply), ("truediv", BinaryOperator.Divide), ("floordiv", BinaryOperator.FloorDivide), ("mod", BinaryOperator.Modulo), ("pow", BinaryOperator.Power), ("and_", BinaryOperator.And), ("or_", BinaryOperator.Or), ("xor", BinaryOperator.Xor)])
            module.Def(name, "a, b, /", (_, a) => Arithmetic.Binary(op, a[0], a[1]));
        foreach (var (name, op) in ((string, CompareOperator)[])[("eq", CompareOperator.Equal), ("ne", CompareOperator.NotEqual), ("lt", CompareOperator.Less), ("le", CompareOperator.LessOrEqual), ("gt", CompareOperator.Greater), ("ge", CompareOperator.GreaterOrEqual)])
            module.Def(name, "a, b, /", (_, a) => Comparison.Apply(op, a[0], a[1]));
        return module;
    }

    private static NativeFunction Getter(object?[] keys, Func<object?, object?, object?> get) => new(
        "getter",
        Signature.Parse("obj, /", isMethod: false),
        (_, a) => keys.Length == 1 ? get(a[0], keys[0]) : GetAll(a[0], keys, get));

    private static ScriptTuple GetAll(object? target, object?[] keys, Func<object?, object?, object?> get) => new(keys.Select(k => get(target, k)).ToArray());

    private static object? Attribute(object? target, object? path)
    {
        foreach (var name in TypeTable.Text(path, "attrgetter").Split('.'))
            target = Machine.Current!.Resolve(Attributes.Get(target, name));
        return target;
    }
}
