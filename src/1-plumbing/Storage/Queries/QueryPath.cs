namespace Postern.Storage.Queries;

/// <summary>Names of fields with what comes after the field, such as the keys of a JSON column.</summary>
static class QueryPath
{
    /// <summary>Stands for a dot inside of a quoted part.</summary>
    public const string EscapedDot = "\u0001";

    public static string[] Parts(string name) => [.. name.Split('.').Select(p => p.Replace(EscapedDot, ".", StringComparison.Ordinal))];
}
