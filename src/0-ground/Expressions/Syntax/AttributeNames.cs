namespace Postern.Expressions;

/// <summary>The rule on attribute names: a leading underscore is private, and so are all of the interpreter's own hooks.</summary>
internal static class AttributeNames
{
    // The public members of named tuples start with an underscore by design, to keep clear of field names.
    private static readonly HashSet<string> Exceptions = new(StringComparer.Ordinal) { "_asdict", "_replace", "_fields" };

    public static bool IsAllowed(string name) => name.Length == 0 || name[0] != '_' || Exceptions.Contains(name);
}
