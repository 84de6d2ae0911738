using System.Numerics;
using System.Security.Cryptography;

namespace Postern.Expressions;

/// <summary>The modules `random` and `secrets`; both draw from the system's secure source, so `seed` has no effect.</summary>
internal static class RandomLibraries
{
    public static HostModule BuildRandom() => new HostModule("random")
        .Def("random", "", (_, _) => Fraction())
        .Def("uniform", "a, b", (_, a) => Numbers.ToDouble(a[0]) + ((Numbers.ToDouble(a[1]) - Numbers.ToDouble(a[0])) * Fraction()))
        .Def("randint", "a, b", (_, a) => Between(Numbers.ToIndex(a[0]), Numbers.ToIndex(a[1])))
        .Def("randrange", "start, stop=None, step=1", (_, a) => FromRange(a))
        .Def("getrandbits", "k, /", (_, a) => Bits(Numbers.ToIndex(a[0])))
        .Def("choice", "seq", (_, a) => Choice(a[0]))
        .Def("choices", "population, weights=None, *, cum_weights=None, k=1", (_, a) => Choices(a))
        .Def("sample", "population, k, *, counts=None", (_, a) => Sample(a[0], Numbers.ToInt(a[1])))
        .Def("shuffle", "x", (_, a) => Shuffle(a[0]))
        .Def("seed", "a=None, version=2", (_, _) => null);

    public static HostModule BuildSecrets() => new HostModule("secrets")
        .Def("token_hex", "nbytes=None", (_, a) => Convert.ToHexStringLower(Token(a[0])))
        .Def("token_urlsafe", "nbytes=None", (_, a) => Convert.ToBase64String(Token(a[0])).TrimEnd('=').Replace('+', '-').Replace('/', '_'))
        .Def("token_bytes", "nbytes=None", (_, a) => new ScriptBytes(Token(a[0])))
        .Def("choice", "sequence", (_, a) => Choice(a[0]))
        .Def("randbelow", "exclusive_upper_bound", (_, a) => Numbers.ToIndex(a[0]) > 0 ? Between(0, Numbers.ToIndex(a[0]) - 1) : throw TypeTable.ValueError("Upper bound must be positive."))
        .Def("randbits", "k", (_, a) => Bits(Numbers.ToIndex(a[0])))
        .Def("compare_digest", "a, b, /", (_, a) => Boxed.Bool(HashLibrary.CompareDigest(a[0], a[1])));

    private static byte[] Token(object? size)
    {
        var count = size is null ? 32 : Numbers.ToIndex(size);
        Machine.Charge(4 * count);
        return count >= 0 ? RandomNumberGenerator.GetBytes((int)count) : throw TypeTable.ValueError("negative argument not allowed");
    }

    private static double Fraction() => (BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) >> 11) / (double)(1UL << 53);

    private static object Between(long low, long high)
    {
        if (high < low)
            throw TypeTable.ValueError($"empty range for randrange() ({low}, {high + 1}, {high - low + 1})");
        var span = (UInt128)((Int128)high - low + 1);
        var draw = new BigInteger(RandomNumberGenerator.GetBytes(24), isUnsigned: true) % (BigInteger)span;
        return Boxed.Int((long)(low + (Int128)draw));
    }

    private static object FromRange(ReadOnlySpan<object?> a)
    {
        var (start, stop) = a[1] is null ? (0, Numbers.ToIndex(a[0])) : (Numbers.ToIndex(a[0]), Numbers.ToIndex(a[1]));
        var range = new RangeValue(start, stop, Numbers.ToIndex(a[2]) is not 0 and var step ? step : throw TypeTable.ValueError("zero step for randrange()"));
        if (range.Count == 0)
            throw TypeTable.ValueError(a[1] is null ? "empty range for randrange()" : $"empty range for randrange() ({start}, {stop}, {stop - start})");
        return Boxed.Int(range[(long)Between(0, range.Count - 1)]);
    }

    private static object Bits(long count)
    {
        if (count < 0)
            throw TypeTable.ValueError("number of bits must be non-negative");
        Numbers.RequireBits(count);
        var value = new BigInteger(RandomNumberGenerator.GetBytes((int)((count + 7) / 8)), isUnsigned: true);
        return Numbers.Normalise(value & ((BigInteger.One << (int)count) - 1));
    }

    private static object?[] Population(object? value) => value is ScriptSet or ScriptDict
        ? throw TypeTable.TypeError("Population must be a sequence.  For dicts or sets, use sorted(d).")
        : Iteration.ToArray(value);

    private static object? Choice(object? sequence)
    {
        var items = Population(sequence);
        return items.Length > 0 ? items[RandomNumberGenerator.GetInt32(items.Length)] : throw new ScriptException(ExceptionTypes.IndexError, "Cannot choose from an empty sequence");
    }

    private static ScriptList Choices(ReadOnlySpan<object?> a)
    {
        var items = Population(a[0]);
        var count = Numbers.ToInt(a[3]);
        Machine.Charge(8L * Math.Max(0, count));
        var weights = a[1] is null ? items.Select(_ => 1.0).ToArray() : Iteration.ToArray(a[1]).Select(Numbers.ToDouble).ToArray();
        if (weights.Length != items.Length)
            throw TypeTable.ValueError("The number of weights does not match the population");
        if (items.Length == 0)
            throw new ScriptException(ExceptionTypes.IndexError, "list index out of range");
        var total = weights.Sum();
        var list = new ScriptList();
        for (var n = 0; n < count; n++)
        {
            Machine.Tick();
            var draw = Fraction() * total;
            var i = 0;
            while (i < items.Length - 1 && (draw -= weights[i]) >= 0)
                i++;
            list.Add(items[i]);
        }

        return list;
    }

    private static ScriptList Sample(object? population, int count)
    {
        var items = Population(population).ToArray();
        if (count < 0 || count > items.Length)
            throw TypeTable.ValueError("Sample larger than population or is negative");
        RandomNumberGenerator.Shuffle(items.AsSpan());
        return ScriptList.Own(items[..count]);
    }

    private static object? Shuffle(object? value)
    {
        var list = value as ScriptList ?? throw TypeTable.TypeError($"'{Types.NameOf(value)}' object does not support item assignment");
        RandomNumberGenerator.Shuffle(list.Span);
        return null;
    }
}
