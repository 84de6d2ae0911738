namespace Postern.Expressions;

/// <summary>A host object that is only a bag of attributes.</summary>
public sealed class HostRecord : HostObject
{
    private readonly KeyTable attributes = new();
    private readonly bool isWritable;

    public HostRecord(string typeName, IEnumerable<KeyValuePair<string, object?>> attributes, bool isWritable = false)
    {
        TypeName = typeName;
        this.isWritable = isWritable;
        foreach (var (name, value) in attributes)
            this.attributes.Set(name, ScriptValue.From(value));
    }

    public override string TypeName { get; }

    protected internal override bool TryGetAttribute(string name, out object? value) => TryFind(name, Equality.Hash(name), out value);

    internal bool TryFind(string name, int hash, out object? value)
    {
        var index = attributes.Find(name, hash);
        value = index >= 0 ? attributes.ValueAt(index) : null;
        return index >= 0;
    }

    protected internal override bool TrySetAttribute(string name, object? value)
    {
        if (isWritable)
            attributes.Set(name, value);
        return isWritable;
    }
}
