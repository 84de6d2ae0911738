namespace Postern.Expressions;

internal enum UnaryOperator
{
    Not,
    Negative,
    Positive,
    Invert,
}

internal enum BinaryOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Modulo,
    Power,
    ShiftLeft,
    ShiftRight,
    And,
    Or,
    Xor,
    MatrixMultiply,
}

internal enum CompareOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    NotIn,
    Is,
    IsNot,
}

internal static class OperatorSymbols
{
    private static readonly string[] Binary = ["+", "-", "*", "/", "//", "%", "** or pow()", "<<", ">>", "&", "|", "^", "@"];
    private static readonly string[] Compare = ["==", "!=", "<", "<=", ">", ">=", "in", "not in", "is", "is not"];

    public static string Of(BinaryOperator op) => Binary[(int)op];

    public static string Of(CompareOperator op) => Compare[(int)op];
}
