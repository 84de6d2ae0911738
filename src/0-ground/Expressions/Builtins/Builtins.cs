namespace Postern.Expressions;

/// <summary>The names every script can use without an import.</summary>
internal static partial class Builtins
{
    private static readonly Dictionary<string, object?> All = Build();

    public static IReadOnlyCollection<string> Names => All.Keys;

    public static bool TryGet(string name, out object? value) => All.TryGetValue(name, out value);

    private static Dictionary<string, object?> Build()
    {
        var table = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["NotImplemented"] = NotImplementedValue.Value,
            ["Ellipsis"] = Ellipsis.Value,
        };
        foreach (var type in ExceptionTypes.All)
            table[type.Name] = type;
        Types.Declare();
        foreach (var type in Types.Named)
            table[type.Name] = type;
        // Names the language has for two types.
        table["IOError"] = table["EnvironmentError"] = ExceptionTypes.OSError;
        AddFunctions(table);
        AddIterators(table);
        AddNumbers(table);
        return table;
    }

    private static void Add(Dictionary<string, object?> table, string name, string signature, NativeBody body, bool reads = true) =>
        table[name] = new NativeFunction(name, Signature.Parse(signature, isMethod: false), body) { ReadsArguments = reads };
}
