namespace Postern.Expressions;

/// <summary>A host object that is only a bag of attributes.</summary>
public sealed class HostRecord : HostObject
{
    private readonly Dictionary<string, object?> attributes = new(StringComparer.Ordinal);
    private readonly bool isWritable;

    public HostRecord(string typeName, IEnumerable<KeyValuePair<string, object?>> attributes, bool isWritable = false)
    {
        TypeName = typeName;
        this.isWritable = isWritable;
        foreach (var (name, value) in attributes)
            this.attributes[name] = ScriptValue.From(value);
    }

    public override string TypeName { get; }

    public IReadOnlyDictionary<string, object?> Attributes => attributes;

    protected internal override bool TryGetAttribute(string name, out object? value) => attributes.TryGetValue(name, out value);

    protected internal override bool TrySetAttribute(string name, object? value)
    {
        if (isWritable)
            attributes[name] = value;
        return isWritable;
    }
}
