namespace Postern.Expressions;

/// <summary>Shows a .NET dictionary to scripts as a dict: what a script changes, the host sees.</summary>
public sealed class LiveDictionary(IDictionary<string, object?> content) : HostObject
{
    public override string TypeName => "dict";

    public IDictionary<string, object?> Content { get; } = content;

    protected internal override ScriptType Type => Types.Dict;

    protected internal override int? Length => Content.Count;

    protected internal override bool HasItems => true;

    protected internal override IEnumerable<object?> Iterate() => Content.Keys.ToList();

    protected internal override bool? Contains(object? item) => item is string key && Content.ContainsKey(key);

    protected internal override bool TryGetItem(object? key, out object? value)
    {
        value = null;
        if (key is not string name || !Content.TryGetValue(name, out var found))
            return false;
        value = ScriptValue.From(found);
        return true;
    }

    protected internal override bool TrySetItem(object? key, object? value)
    {
        if (key is not string name)
            throw new ScriptException(ExceptionTypes.TypeError, $"keys of this dict must be strings, not {Types.NameOf(key)}");
        Content[name] = value;
        return true;
    }

    protected internal override bool TryDeleteItem(object? key) => key is string name && Content.Remove(name);

    protected internal override bool TryGetAttribute(string name, out object? value)
    {
        value = DictMethods.Live(this, name);
        return value is not null;
    }

    protected internal override bool IsEqualTo(object? other) => other switch
    {
        LiveDictionary live => ReferenceEquals(Content, live.Content) || Equality.AreEqual(Copy(), live.Copy()),
        ScriptDict dict => Equality.AreEqual(Copy(), dict),
        _ => false,
    };

    protected internal override int HashOf() => throw new ScriptException(ExceptionTypes.TypeError, "unhashable type: 'dict'");

    protected internal override string Represent() => Representation.Of(Copy());

    /// <summary>A copy as a dict of the script's own.</summary>
    internal ScriptDict Copy() => new(Content);
}
