namespace Postern.Expressions;

/// <summary>Shared boxes for the values that occur most.</summary>
internal static class Boxed
{
    public static readonly object True = true;
    public static readonly object False = false;

    private const int Lowest = -128;
    private const int Highest = 1023;
    private static readonly object[] Small = Enumerable.Range(Lowest, Highest - Lowest + 1).Select(i => (object)(long)i).ToArray();

    public static object Bool(bool value) => value ? True : False;

    public static object Int(long value) => value is >= Lowest and <= Highest ? Small[value - Lowest] : value;
}
