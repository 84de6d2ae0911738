namespace Postern.Expressions;

internal static partial class Builtins
{
    private static void AddFunctions(Dictionary<string, object?> table)
    {
        Add(table, "len", "obj, /", (_, a) => Boxed.Int(Length(a[0])));
        Add(table, "repr", "obj, /", (_, a) => Representation.Of(a[0]));
        Add(table, "ascii", "obj, /", (_, a) => Representation.Ascii(a[0]));
        Add(table, "format", "value, format_spec='', /", (_, a) => Formatting.Apply(a[0], a[1] as string ?? throw TypeTable.TypeError($"format() argument 2 must be str, not {Types.NameOf(a[1])}")));
        Add(table, "print", "*values, sep=' ', end='', file=None, flush=False", Print);
        Add(table, "isinstance", "obj, class_or_tuple, /", (_, a) => Boxed.Bool(InstanceCheck.Is(a[0], a[1])), reads: false);
        Add(table, "issubclass", "cls, class_or_tuple, /", (_, a) => Boxed.Bool(InstanceCheck.IsSubclass(a[0], a[1])), reads: false);
        Add(table, "callable", "obj, /", (_, a) => Boxed.Bool(IsCallable(a[0])), reads: false);
        Add(table, "id", "obj, /", (_, a) => Boxed.Int(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(a[0])), reads: false);
        Add(table, "hash", "obj, /", (_, a) => Boxed.Int(Equality.Hash(a[0])), reads: false);
        Add(table, "getattr", "obj, name, default=?, /", GetAttribute, reads: false);
        Add(table, "hasattr", "obj, name, /", (_, a) => Boxed.Bool(Attributes.TryGet(a[0], AttributeName(a[1], "hasattr"), out var _)), reads: false);
        Add(table, "setattr", "obj, name, value, /", SetAttribute, reads: false);
        Add(table, "delattr", "obj, name, /", DeleteAttribute, reads: false);
        Add(table, "chr", "i, /", (_, a) => Character(a[0]));
        Add(table, "ord", "c, /", (_, a) => CodePoint(a[0]));
        Add(table, "slice", "start, stop=?, step=None, /", (_, a) => a[1] is Unbound ? new SliceValue(null, a[0], null) : new SliceValue(a[0], a[1], a[2]));
        Refuse(table);
    }

    /// <summary>Names that exist in Python and are refused by name, so that the message says why.</summary>
    internal static readonly string[] Refused =
    [
        "eval", "exec", "compile", "open", "input", "globals", "locals", "vars", "dir", "breakpoint", "memoryview", "super", "classmethod", "staticmethod",
        "property", "complex", "exit", "quit", "help",
    ];

    private static void Refuse(Dictionary<string, object?> table)
    {
        foreach (var name in Refused)
            table.Remove(name);
    }

    private static int Length(object? value) => value switch
    {
        string s => Text.Length(s),
        ScriptList l => l.Count,
        ScriptDict d => d.Count,
        ScriptTuple t => t.Count,
        ScriptSet s => s.Count,
        ScriptBytes b => b.Count,
        RangeValue r => r.Count <= int.MaxValue ? (int)r.Count : throw new ScriptException(ExceptionTypes.OverflowError, "Python int too large to convert to C ssize_t"),
        HostObject h => HostLength(h),
        _ => throw NoLength(value),
    };

    private static int HostLength(HostObject host)
    {
        if (host.NeedsLoad)
            Machine.Current?.Load(host);
        return host.Length ?? throw NoLength(host);
    }

    private static ScriptException NoLength(object? value) => TypeTable.TypeError($"object of type '{Types.NameOf(value)}' has no len()");

    private static object? Print(Machine machine, ReadOnlySpan<object?> a)
    {
        var values = (object?[])a[^1]!;
        var separator = a[0] as string ?? (a[0] is null ? " " : throw TypeTable.TypeError($"sep must be None or a string, not {Types.NameOf(a[0])}"));
        machine.WriteLog("print", string.Join(separator, values.Select(Representation.Text)));
        return null;
    }

    public static bool IsCallable(object? value) =>
        value is FunctionValue or NativeFunction or BoundMethod or HostFunction or ScriptType or HostObject { IsCallable: true };

    private static string AttributeName(object? name, string function) =>
        name as string ?? throw TypeTable.TypeError($"attribute name must be string, not '{Types.NameOf(name)}'");

    private static object? GetAttribute(Machine machine, ReadOnlySpan<object?> a)
    {
        var name = AttributeName(a[1], "getattr");
        if (a[2] is Unbound)
            return Attributes.Get(a[0], name);
        return Attributes.TryGet(a[0], name, out var value) ? value : a[2];
    }

    private static object? SetAttribute(Machine machine, ReadOnlySpan<object?> a)
    {
        Attributes.Set(a[0], AttributeName(a[1], "setattr"), a[2]);
        return null;
    }

    private static object? DeleteAttribute(Machine machine, ReadOnlySpan<object?> a)
    {
        Attributes.Delete(a[0], AttributeName(a[1], "delattr"));
        return null;
    }

    private static string Character(object? value)
    {
        if (!Numbers.IsInteger(value))
            throw TypeTable.TypeError($"'{Types.NameOf(value)}' object cannot be interpreted as an integer");
        var code = Numbers.ToIndex(value);
        return code is >= 0 and <= 0x10FFFF ? Characters.FromCode((int)code) : throw TypeTable.ValueError("chr() arg not in range(0x110000)");
    }

    private static object CodePoint(object? value) => value switch
    {
        string s when Text.Length(s) == 1 => Boxed.Int(Characters.CodeOf(s)),
        ScriptBytes { Count: 1 } b => Boxed.Int(b.Span[0]),
        string s => throw TypeTable.TypeError($"ord() expected a character, but string of length {Text.Length(s)} found"),
        ScriptBytes b => throw TypeTable.TypeError($"ord() expected a character, but string of length {b.Count} found"),
        _ => throw TypeTable.TypeError($"ord() expected string of length 1, but {Types.NameOf(value)} found"),
    };
}
