using System.Numerics;
using System.Runtime.CompilerServices;

namespace Postern.Expressions;

/// <summary>Equality and hashing of script values; equal values of different number types hash alike.</summary>
internal static class Equality
{
    public static bool AreEqual(object? a, object? b)
    {
        if (ReferenceEquals(a, b))
            return a is not double.NaN;
        return (a, b) switch
        {
            (string x, string y) => string.Equals(x, y, StringComparison.Ordinal),
            (long x, long y) => x == y,
            (null, _) or (_, null) => HostEqual(a, b),
            (bool or long or double or BigInteger, bool or long or double or BigInteger) => NumbersEqual(a, b),
            (ScriptTuple x, ScriptTuple y) => SpansEqual(x.Items, y.Items),
            (ScriptList x, ScriptList y) => x.Count == y.Count && ListsEqual(x, y),
            (ScriptDict x, ScriptDict y) => DictsEqual(x, y),
            (ScriptSet x, ScriptSet y) => x.Count == y.Count && SubsetOf(x, y),
            (ScriptBytes x, ScriptBytes y) => x.Span.SequenceEqual(y.Span),
            (RangeValue x, RangeValue y) => x.Count == y.Count && (x.Count == 0 || (x.Start == y.Start && (x.Count == 1 || x.Step == y.Step))),
            (SliceValue x, SliceValue y) => AreEqual(x.Lower, y.Lower) && AreEqual(x.Upper, y.Upper) && AreEqual(x.Step, y.Step),
            (BoundMethod x, BoundMethod y) => ReferenceEquals(x.Self, y.Self) && ReferenceEquals(x.Function, y.Function),
            _ => HostEqual(a, b),
        };
    }

    private static bool HostEqual(object? a, object? b) =>
        (a is HostObject x && x.IsEqualTo(b)) || (b is HostObject y && y.IsEqualTo(a));

    private static bool NumbersEqual(object? a, object? b)
    {
        if (a is double x && b is double y)
            return x == y;
        if (a is not double && b is not double)
            return Numbers.TryBig(a, out var i) && Numbers.TryBig(b, out var j) && i == j;
        return NumberOrder.Compare(a!, b!) == 0;
    }

    private static bool SpansEqual(ReadOnlySpan<object?> x, ReadOnlySpan<object?> y)
    {
        if (x.Length != y.Length)
            return false;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        for (var i = 0; i < x.Length; i++)
        {
            Machine.Tick();
            if (!ReferenceEquals(x[i], y[i]) && !AreEqual(x[i], y[i]))
                return false;
        }

        return true;
    }

    // By index and not by span: comparing host objects may run code that changes a list.
    private static bool ListsEqual(ScriptList x, ScriptList y)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        for (var i = 0; i < x.Count && i < y.Count; i++)
        {
            Machine.Tick();
            if (!ReferenceEquals(x[i], y[i]) && !AreEqual(x[i], y[i]))
                return false;
        }

        return x.Count == y.Count;
    }

    private static bool DictsEqual(ScriptDict x, ScriptDict y)
    {
        if (x.Count != y.Count)
            return false;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        for (var i = 0; i < x.Table.End; i++)
        {
            Machine.Tick();
            if (x.Table.TryEntry(i, out var key, out var value)
                && (!y.TryGetValue(key, out var other) || (!ReferenceEquals(value, other) && !AreEqual(value, other))))
                return false;
        }

        return true;
    }

    public static bool SubsetOf(ScriptSet x, ScriptSet y)
    {
        if (x.Count > y.Count)
            return false;
        for (var i = 0; i < x.Table.End; i++)
        {
            Machine.Tick();
            if (x.Table.TryEntry(i, out var key, out _) && !y.Contains(key))
                return false;
        }

        return true;
    }

    public static int Hash(string value) => StringComparer.Ordinal.GetHashCode(value);

    public static int Hash(object? value) => value switch
    {
        string s => Hash(s),
        long l => l.GetHashCode(),
        null => 0x5eed,
        bool b => b ? 1L.GetHashCode() : 0L.GetHashCode(),
        double d => HashDouble(d),
        BigInteger i => i.GetHashCode(),
        ScriptTuple t => HashAll(t.Items),
        ScriptBytes b => HashBytes(b.Span),
        ScriptSet { IsFrozen: true } s => HashSet(s),
        RangeValue r => HashCode.Combine(r.Count, r.Count > 0 ? r.Start : 0, r.Count > 1 ? r.Step : 0),
        BoundMethod m => HashCode.Combine(RuntimeHelpers.GetHashCode(m.Self), RuntimeHelpers.GetHashCode(m.Function)),
        HostObject h => h.HashOf(),
        ScriptList or ScriptDict or ScriptSet or SliceValue => throw Unhashable(value),
        _ => RuntimeHelpers.GetHashCode(value),
    };

    private static ScriptException Unhashable(object? value) =>
        new(ExceptionTypes.TypeError, $"unhashable type: '{Types.NameOf(value)}'");

    private static int HashDouble(double d)
    {
        if (double.IsFinite(d) && Math.Floor(d) == d)
            return Hash(Numbers.FromDouble(d));
        return d.GetHashCode();
    }

    private static int HashAll(ReadOnlySpan<object?> items)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var hash = new HashCode();
        foreach (var item in items)
        {
            Machine.Tick();
            hash.Add(Hash(item));
        }

        return hash.ToHashCode();
    }

    private static int HashBytes(ReadOnlySpan<byte> bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    private static int HashSet(ScriptSet set)
    {
        var hash = 0;
        foreach (var item in set)
        {
            Machine.Tick();
            hash ^= Hash(item);
        }

        return hash;
    }
}
