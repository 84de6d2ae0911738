namespace Postern.Expressions;

/// <summary>The type of a namedtuple: its fields and their defaults, which belong to the last fields.</summary>
internal sealed class NamedTupleType(string name, string[] fields, object?[] defaults)
{
    public ScriptType Type { get; } = new(name, Types.Tuple);

    public string[] Fields { get; } = fields;

    public object?[] Defaults { get; } = defaults;
}
