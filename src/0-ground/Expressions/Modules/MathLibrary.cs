using System.Numerics;

namespace Postern.Expressions;

/// <summary>The module `math`.</summary>
internal static class MathLibrary
{
    public static HostModule Build()
    {
        var module = new HostModule("math").Set("pi", Math.PI).Set("e", Math.E).Set("tau", Math.Tau).Set("inf", double.PositiveInfinity).Set("nan", double.NaN)
            .Def("floor", "x, /", (_, a) => a[0] is double d ? Numbers.FromDouble(Math.Floor(d)) : Whole(a[0]))
            .Def("ceil", "x, /", (_, a) => a[0] is double d ? Numbers.FromDouble(Math.Ceiling(d)) : Whole(a[0]))
            .Def("trunc", "x, /", (_, a) => a[0] is double d ? Numbers.FromDouble(Math.Truncate(d)) : Whole(a[0]))
            .Def("pow", "x, y, /", (_, a) => FloatArithmetic.Apply(BinaryOperator.Power, Numbers.ToDouble(a[0]), Numbers.ToDouble(a[1])))
            .Def("log", "x, base=?, /", (_, a) => a[1] is Unbound ? Log(a[0]) : Log(a[0]) / Log(a[1]))
            .Def("log2", "x, /", (_, a) => Log(a[0], Math.Log2))
            .Def("log10", "x, /", (_, a) => Log(a[0], Math.Log10))
            .Def("atan2", "y, x, /", (_, a) => Math.Atan2(Numbers.ToDouble(a[0]), Numbers.ToDouble(a[1])))
            .Def("hypot", "*coordinates", (_, a) => Math.Sqrt(((object?[])a[0]!).Sum(c => Numbers.ToDouble(c) * Numbers.ToDouble(c))))
            .Def("fmod", "x, y, /", (_, a) => Checked(Numbers.ToDouble(a[0]) % Numbers.ToDouble(a[1])))
            .Def("copysign", "x, y, /", (_, a) => Math.CopySign(Numbers.ToDouble(a[0]), Numbers.ToDouble(a[1])))
            .Def("isnan", "x, /", (_, a) => Boxed.Bool(double.IsNaN(Numbers.ToDouble(a[0]))))
            .Def("isinf", "x, /", (_, a) => Boxed.Bool(double.IsInfinity(Numbers.ToDouble(a[0]))))
            .Def("isfinite", "x, /", (_, a) => Boxed.Bool(double.IsFinite(Numbers.ToDouble(a[0]))))
            .Def("isclose", "a, b, *, rel_tol=?, abs_tol=?", (_, a) => Boxed.Bool(IsClose(a)))
            .Def("fsum", "seq, /", (_, a) => ExactSum(Iteration.Walk(a[0])))
            .Def("prod", "iterable, /, *, start=1", (_, a) => Iteration.Walk(a[0]).Aggregate(a[1], (p, v) => Arithmetic.Binary(BinaryOperator.Multiply, p, v)))
            .Def("modf", "x, /", (_, a) => new ScriptTuple(Numbers.ToDouble(a[0]) - Math.Truncate(Numbers.ToDouble(a[0])), Math.Truncate(Numbers.ToDouble(a[0]))))
            .Def("dist", "p, q, /", (_, a) => Math.Sqrt(Iteration.ToArray(a[0]).Zip(Iteration.ToArray(a[1]), (x, y) => Math.Pow(Numbers.ToDouble(x) - Numbers.ToDouble(y), 2)).Sum()));
        foreach (var (name, function) in Functions)
            module.Def(name, "x, /", (_, a) => Checked(function(Numbers.ToDouble(a[0]))));
        return IntegerFunctions.Add(module);
    }

    private static readonly (string Name, Func<double, double> Function)[] Functions =
    [
        ("sqrt", Math.Sqrt), ("sin", Math.Sin), ("cos", Math.Cos), ("tan", Math.Tan), ("asin", Math.Asin), ("acos", Math.Acos), ("atan", Math.Atan),
        ("sinh", Math.Sinh), ("cosh", Math.Cosh), ("tanh", Math.Tanh), ("fabs", Math.Abs), ("cbrt", Math.Cbrt), ("exp", Exp), ("exp2", x => Math.Pow(2, x)),
        ("degrees", x => x * (180 / Math.PI)), ("radians", x => x * (Math.PI / 180)), ("log1p", x => Math.Abs(x) < 1e-5 ? x - (x * x / 2) + (x * x * x / 3) : Math.Log(1 + x)),
    ];

    // Shewchuk's algorithm: partial sums that do not overlap, so that nothing is lost before the last rounding.
    private static double ExactSum(IEnumerable<object?> values)
    {
        var partials = new List<double>();
        foreach (var value in values)
        {
            var x = Numbers.ToDouble(value);
            var kept = 0;
            foreach (var partial in partials.ToArray())
            {
                var (large, small) = Math.Abs(x) < Math.Abs(partial) ? (partial, x) : (x, partial);
                var high = large + small;
                var low = small - (high - large);
                if (low != 0)
                    partials[kept++] = low;
                x = high;
            }

            partials.RemoveRange(kept, partials.Count - kept);
            partials.Add(x);
        }

        return Enumerable.Reverse(partials).Sum();
    }

    private static double Exp(double x) => Math.Exp(x) is var result && double.IsInfinity(result) && double.IsFinite(x)
        ? throw new ScriptException(ExceptionTypes.OverflowError, "math range error")
        : result;

    private static double Checked(double value) => double.IsNaN(value) ? throw TypeTable.ValueError("math domain error") : value;

    private static object? Whole(object? value) => Numbers.IsInteger(value) ? Numbers.Normalise(Numbers.TryBig(value, out var i) ? i : 0) : throw TypeTable.TypeError($"must be real number, not {Types.NameOf(value)}");

    private static double Log(object? value, Func<double, double>? log = null)
    {
        if (value is BigInteger { Sign: > 0 } big)
            return log is null ? BigInteger.Log(big) : log == Math.Log10 ? BigInteger.Log10(big) : BigInteger.Log(big) / Math.Log(2);
        var x = Numbers.ToDouble(value);
        return x > 0 || double.IsNaN(x) ? (log ?? Math.Log)(x) : throw TypeTable.ValueError("math domain error");
    }

    private static bool IsClose(ReadOnlySpan<object?> a)
    {
        var (x, y) = (Numbers.ToDouble(a[0]), Numbers.ToDouble(a[1]));
        var (relative, absolute) = (a[2] is Unbound ? 1e-9 : Numbers.ToDouble(a[2]), a[3] is Unbound ? 0 : Numbers.ToDouble(a[3]));
        if (x == y)
            return true;
        return double.IsFinite(x) && double.IsFinite(y) && Math.Abs(x - y) <= Math.Max(relative * Math.Max(Math.Abs(x), Math.Abs(y)), absolute);
    }
}
