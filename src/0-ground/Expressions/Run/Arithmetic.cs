using System.Numerics;

namespace Postern.Expressions;

/// <summary>The arithmetic and bit operators.</summary>
internal static class Arithmetic
{
    public static object? Binary(BinaryOperator op, object? a, object? b)
    {
        if (a is long x && b is long y)
        {
            long sum;
            switch (op)
            {
                case BinaryOperator.Add when !Overflows(sum = unchecked(x + y), x, y):
                    return Boxed.Int(sum);
                case BinaryOperator.Subtract when ((x ^ y) & (x ^ (sum = unchecked(x - y)))) >= 0:
                    return Boxed.Int(sum);
                case BinaryOperator.Multiply when Math.BigMul(x, y, out var low) == low >> 63:
                    return Boxed.Int(low);
                default:
                    return IntegerArithmetic.Apply(op, x, y);
            }
        }

        if (a is string s && op == BinaryOperator.Add && b is string t)
        {
            Machine.Charge(2L * (s.Length + t.Length));
            return string.Concat(s, t);
        }

        return Apply(op, a, b);
    }

    private static bool Overflows(long sum, long x, long y) => ((x ^ sum) & (y ^ sum)) < 0;

    private static object? Apply(BinaryOperator op, object? a, object? b)
    {
        switch (a, b)
        {
            case (double or long or bool or BigInteger, double or long or bool or BigInteger):
                return Numeric(op, a, b) ?? throw Unsupported(op, a, b);
            case (string text, _) when op == BinaryOperator.Modulo:
                return PercentFormat.Apply(text, b);
            case (ScriptBytes, _) when op == BinaryOperator.Modulo:
                throw new ScriptException(ExceptionTypes.TypeError, "formatting of bytes is not part of the expression language");
        }

        if (a is HostObject host && host.TryOperate(op, b, reflected: false, out var result))
            return result;
        if (b is HostObject other && other.TryOperate(op, a, reflected: true, out result))
            return result;
        a = a is LiveList left ? left.Copy() : a is LiveDictionary leftDict ? leftDict.Copy() : a;
        b = b is LiveList right ? right.Copy() : b is LiveDictionary rightDict ? rightDict.Copy() : b;
        return SequenceArithmetic.Apply(op, a, b) ?? throw Unsupported(op, a, b);
    }

    private static object? Numeric(BinaryOperator op, object a, object b)
    {
        if (a is not double && b is not double)
        {
            if (a is bool x && b is bool y && op is BinaryOperator.And or BinaryOperator.Or or BinaryOperator.Xor && a is bool && b is bool)
                return Boxed.Bool(op switch { BinaryOperator.And => (bool)a & (bool)b, BinaryOperator.Or => (bool)a | (bool)b, _ => (bool)a ^ (bool)b });
            Numbers.TryBig(a, out var i);
            Numbers.TryBig(b, out var j);
            return IntegerArithmetic.Apply(op, i, j);
        }

        return FloatArithmetic.Apply(op, Numbers.ToDouble(a), Numbers.ToDouble(b));
    }

    public static object? InPlace(BinaryOperator op, object? a, object? b)
    {
        switch (a)
        {
            case ScriptList list when op == BinaryOperator.Add:
                list.AddRange(Iteration.ToArray(b));
                return list;
            case ScriptList list when op == BinaryOperator.Multiply && Numbers.IsInteger(b):
                var repeated = (ScriptList)SequenceArithmetic.Apply(op, list, b)!;
                list.Clear();
                list.AddRange(repeated.Span);
                return list;
            case ScriptSet { IsFrozen: false } set when b is ScriptSet other:
                return SetMethods.InPlace(op, set, other) ?? Binary(op, a, b);
            case ScriptDict dict when op == BinaryOperator.Or && b is ScriptDict other:
                dict.Merge(other);
                return dict;
            case LiveList live when op == BinaryOperator.Add:
                foreach (var item in Iteration.ToArray(b))
                    live.Content.Add(item);
                return live;
        }

        try
        {
            return Binary(op, a, b);
        }
        catch (ScriptException e) when (e.Type == ExceptionTypes.TypeError && e.Message.StartsWith("unsupported operand", StringComparison.Ordinal))
        {
            throw new ScriptException(ExceptionTypes.TypeError, e.Message.Replace($"for {OperatorSymbols.Of(op)}:", $"for {InPlaceSymbol(op)}:", StringComparison.Ordinal));
        }
    }

    private static string InPlaceSymbol(BinaryOperator op) => op == BinaryOperator.Power ? "** or pow()" : OperatorSymbols.Of(op) + "=";

    public static object? Unary(UnaryOperator op, object? value)
    {
        if (op == UnaryOperator.Not)
            return Boxed.Bool(!Truth.Of(value));
        switch (value)
        {
            case double d:
                return op switch { UnaryOperator.Negative => -d, UnaryOperator.Positive => d, _ => throw BadUnary(op, value) };
            case long or bool or BigInteger:
                Numbers.TryBig(value, out var i);
                return op switch
                {
                    UnaryOperator.Negative => Numbers.Normalise(-i),
                    UnaryOperator.Positive => Numbers.Normalise(i),
                    _ => Numbers.Normalise(-i - 1),
                };
            case HostObject host when op == UnaryOperator.Negative && host.TryNegate(out var result):
                return result;
            case HostObject host when op == UnaryOperator.Positive && host.TryNegate(out _):
                return host;
            default:
                throw BadUnary(op, value);
        }
    }

    private static ScriptException BadUnary(UnaryOperator op, object? value)
    {
        var symbol = op switch { UnaryOperator.Negative => "-", UnaryOperator.Positive => "+", _ => "~" };
        return new ScriptException(ExceptionTypes.TypeError, $"bad operand type for unary {symbol}: '{Types.NameOf(value)}'");
    }

    public static ScriptException Unsupported(BinaryOperator op, object? a, object? b)
    {
        // Concatenation names the right operand only, as the sequence types do.
        if (op == BinaryOperator.Add && a is string)
            return new ScriptException(ExceptionTypes.TypeError, $"can only concatenate str (not \"{Types.NameOf(b)}\") to str");
        if (op == BinaryOperator.Add && a is ScriptList)
            return new ScriptException(ExceptionTypes.TypeError, $"can only concatenate list (not \"{Types.NameOf(b)}\") to list");
        if (op == BinaryOperator.Add && a is ScriptTuple)
            return new ScriptException(ExceptionTypes.TypeError, $"can only concatenate tuple (not \"{Types.NameOf(b)}\") to tuple");
        if (op == BinaryOperator.Add && a is ScriptBytes)
            return new ScriptException(ExceptionTypes.TypeError, $"can't concat {Types.NameOf(b)} to bytes");
        if (op == BinaryOperator.Multiply && SequenceArithmetic.IsSequence(a))
            return new ScriptException(ExceptionTypes.TypeError, $"can't multiply sequence by non-int of type '{Types.NameOf(b)}'");
        if (op == BinaryOperator.Multiply && SequenceArithmetic.IsSequence(b))
            return new ScriptException(ExceptionTypes.TypeError, $"can't multiply sequence by non-int of type '{Types.NameOf(a)}'");
        return new ScriptException(
            ExceptionTypes.TypeError, $"unsupported operand type(s) for {OperatorSymbols.Of(op)}: '{Types.NameOf(a)}' and '{Types.NameOf(b)}'");
    }
}
