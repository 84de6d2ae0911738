namespace Postern.Expressions;

/// <summary>Float arithmetic with Python's rules for floor division, remainder and errors.</summary>
internal static class FloatArithmetic
{
    public static object? Apply(BinaryOperator op, double x, double y) => op switch
    {
        BinaryOperator.Add => x + y,
        BinaryOperator.Subtract => x - y,
        BinaryOperator.Multiply => x * y,
        BinaryOperator.Divide => y == 0 ? throw ByZero("float division by zero") : x / y,
        BinaryOperator.FloorDivide => DivMod(x, y, "float floor division by zero").Quotient,
        BinaryOperator.Modulo => DivMod(x, y, "float modulo").Remainder,
        BinaryOperator.Power => Power(x, y),
        _ => null,
    };

    private static ScriptException ByZero(string message) => new(ExceptionTypes.ZeroDivisionError, message);

    public static (double Quotient, double Remainder) DivMod(double x, double y, string message)
    {
        if (y == 0)
            throw ByZero(message);
        var rest = x % y;
        var quotient = (x - rest) / y;
        if (rest != 0)
        {
            if (y < 0 != rest < 0)
            {
                rest += y;
                quotient -= 1;
            }
        }
        else
            rest = Math.CopySign(0, y);

        if (quotient == 0)
            return (Math.CopySign(0, x / y), rest);
        var floor = Math.Floor(quotient);
        return (quotient - floor > 0.5 ? floor + 1 : floor, rest);
    }

    private static double Power(double x, double y)
    {
        if (x == 0 && y < 0)
            throw ByZero("0.0 cannot be raised to a negative power");
        if (x < 0 && double.IsFinite(x) && double.IsFinite(y) && Math.Floor(y) != y)
            throw new ScriptException(ExceptionTypes.ValueError, "complex numbers are not part of the expression language");
        if (x == 1 || y == 0)
            return 1.0;
        var result = Math.Pow(x, y);
        if (double.IsInfinity(result) && double.IsFinite(x) && double.IsFinite(y))
            throw new ScriptException(ExceptionTypes.OverflowError, Boxed.Int(34), "Numerical result out of range");
        return result;
    }
}
