namespace Postern.Expressions;

internal static partial class Types
{
    private static bool declared;

    /// <summary>The types a script can name without an import.</summary>
    public static ScriptType[] Named =>
        [Object, Int, Bool, Float, Str, Bytes, List, Tuple, Dict, Set, FrozenSet, Range, Type];

    /// <summary>Fills the tables of the builtin types, once.</summary>
    public static void Declare()
    {
        if (declared)
            return;
        declared = true;
        NumberTypes.Declare();
        TextMethods.Declare();
        TextSearchMethods.Declare();
        TextClassMethods.Declare();
        BytesMethods.Declare();
        ListMethods.Declare();
        TupleMethods.Declare();
        DictMethods.Declare();
        SetMethods.Declare();
        GeneratorMethods.Declare();
        Type.New("obj, /", (_, a) => Of(a[0]));
        Object.New("", (_, _) => new PlainObject());
    }
}

/// <summary>What `object()` gives: a value that equals only itself.</summary>
internal sealed class PlainObject : HostObject
{
    public override string TypeName => "object";

    protected internal override ScriptType Type => Types.Object;
}
