using System.Numerics;

namespace Postern.Expressions;

/// <summary>The functions of `math` on integers.</summary>
internal static class IntegerFunctions
{
    public static HostModule Add(HostModule module) => module
        .Def("factorial", "n, /", (_, a) => Factorial(a[0]))
        .Def("gcd", "*integers", (_, a) => Numbers.Normalise(((object?[])a[0]!).Aggregate(BigInteger.Zero, (g, v) => BigInteger.GreatestCommonDivisor(g, Integer(v)))))
        .Def("lcm", "*integers", (_, a) => ((object?[])a[0]!).Aggregate((object)Boxed.Int(1), (l, v) => Lcm(Integer(l), Integer(v))))
        .Def("isqrt", "n, /", (_, a) => SquareRoot(Integer(a[0])))
        .Def("comb", "n, k, /", (_, a) => Combinations(Integer(a[0]), Integer(a[1]), ordered: false))
        .Def("perm", "n, k=None, /", (_, a) => Combinations(Integer(a[0]), a[1] is null ? Integer(a[0]) : Integer(a[1]), ordered: true));

    private static BigInteger Integer(object? value) => Numbers.TryBig(value, out var i)
        ? i
        : throw TypeTable.TypeError($"'{Types.NameOf(value)}' object cannot be interpreted as an integer");

    private static object Lcm(BigInteger a, BigInteger b)
    {
        if (a.IsZero || b.IsZero)
            return Boxed.Int(0);
        return IntegerArithmetic.Apply(BinaryOperator.Multiply, BigInteger.Abs(a / BigInteger.GreatestCommonDivisor(a, b)), BigInteger.Abs(b))!;
    }

    private static object Factorial(object? value)
    {
        var n = Integer(value);
        if (n.Sign < 0)
            throw TypeTable.ValueError("factorial() not defined for negative values");
        object? product = Boxed.Int(1);
        for (var i = 2L; i <= n; i++)
            product = Arithmetic.Binary(BinaryOperator.Multiply, product, i);
        return product!;
    }

    private static object SquareRoot(BigInteger n)
    {
        if (n.Sign < 0)
            throw TypeTable.ValueError("isqrt() argument must be nonnegative");
        if (n.IsZero)
            return Boxed.Int(0);
        var x = BigInteger.One << (int)((n.GetBitLength() + 1) / 2);
        while (true)
        {
            Machine.Tick(16 + (int)(n.GetBitLength() >> 6));
            var next = (x + (n / x)) >> 1;
            if (next >= x)
                return Numbers.Normalise(x);
            x = next;
        }
    }

    private static object Combinations(BigInteger n, BigInteger k, bool ordered)
    {
        if (n.Sign < 0)
            throw TypeTable.ValueError("n must be a non-negative integer");
        if (k.Sign < 0)
            throw TypeTable.ValueError("k must be a non-negative integer");
        if (k > n)
            return Boxed.Int(0);
        if (!ordered)
            k = BigInteger.Min(k, n - k);
        object? product = Boxed.Int(1);
        for (BigInteger i = 0; i < k; i++)
        {
            Machine.Tick();
            product = Arithmetic.Binary(BinaryOperator.Multiply, product, Numbers.Normalise(n - i));
            if (!ordered)
                product = Arithmetic.Binary(BinaryOperator.FloorDivide, product, Numbers.Normalise(i + 1));
        }

        return product!;
    }
}
