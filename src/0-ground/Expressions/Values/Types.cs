using System.Numerics;

namespace Postern.Expressions;

/// <summary>The builtin types, and the type of any value.</summary>
internal static partial class Types
{
    public static readonly ScriptType Object = new("object");
    public static readonly ScriptType None = new("NoneType");
    public static readonly ScriptType Int = new("int");
    public static readonly ScriptType Bool = new("bool", Int);
    public static readonly ScriptType Float = new("float");
    public static readonly ScriptType Str = new("str");
    public static readonly ScriptType Bytes = new("bytes");
    public static readonly ScriptType List = new("list");
    public static readonly ScriptType Tuple = new("tuple");
    public static readonly ScriptType Dict = new("dict");
    public static readonly ScriptType Set = new("set");
    public static readonly ScriptType FrozenSet = new("frozenset");
    public static readonly ScriptType Range = new("range");
    public static readonly ScriptType Slice = new("slice");
    public static readonly ScriptType Type = new("type");
    public static readonly ScriptType Function = new("function");
    public static readonly ScriptType Builtin = new("builtin_function_or_method");
    public static readonly ScriptType Generator = new("generator");
    public static readonly ScriptType Module = new("module");
    public static readonly ScriptType EllipsisType = new("ellipsis");
    public static readonly ScriptType NotImplementedType = new("NotImplementedType");

    public static ScriptType Of(object? value) => value switch
    {
        string => Str,
        long or BigInteger => Int,
        null => None,
        bool => Bool,
        double => Float,
        ScriptList => List,
        ScriptDict d => d.Kind?.Type ?? Dict,
        ScriptTuple t => t.Named?.Type ?? Tuple,
        ScriptBytes => Bytes,
        ScriptSet s => s.IsFrozen ? FrozenSet : Set,
        RangeValue => Range,
        ExceptionValue e => e.Type,
        FunctionValue => Function,
        NativeFunction or BoundMethod or HostFunction => Builtin,
        ScriptType => Type,
        GeneratorValue => Generator,
        ScriptIterator i => i.Type,
        HostModule => Module,
        SliceValue => Slice,
        Ellipsis => EllipsisType,
        NotImplementedValue => NotImplementedType,
        HostObject h => h.Type,
        _ => Object,
    };

    public static string NameOf(object? value) => value is HostObject host ? host.TypeName : Of(value).Name;
}
