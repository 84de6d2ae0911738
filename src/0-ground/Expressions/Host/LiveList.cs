namespace Postern.Expressions;

/// <summary>Shows a .NET list to scripts as a list: what a script changes, the host sees.</summary>
public sealed class LiveList(IList<object?> content) : HostObject
{
    private static readonly HostMembers<LiveList> Members = new HostMembers<LiveList>()
        .Method("append", (self, call) => self.Add(call.Require(0, "object")))
        .Method("extend", (self, call) => self.Extend(call.Require(0, "iterable")))
        .Method("insert", (self, call) => self.Insert(call.Require(0, "index"), call.Require(1, "object")))
        .Method("remove", (self, call) => self.Remove(call.Require(0, "value")))
        .Method("pop", (self, call) => self.Pop(call.Get(0, "index", -1L)))
        .Method("clear", (self, _) => self.Replace([]))
        .Method("reverse", (self, _) => self.Replace(self.Content.Reverse().ToList()))
        .Method("copy", (self, _) => self.Copy())
        .Method("index", (self, call) => self.Find(call.Require(0, "value")) is >= 0 and var i ? i : throw NotInList())
        .Method("count", (self, call) => self.Content.Count(item => Equality.AreEqual(ScriptValue.From(item), call[0])));

    public override string TypeName => "list";

    public IList<object?> Content { get; } = content;

    protected internal override ScriptType Type => Types.List;

    protected internal override int? Length => Content.Count;

    protected internal override bool HasItems => true;

    protected internal override bool TryGetAttribute(string name, out object? value) => Members.TryGet(this, name, out value);

    protected internal override IEnumerable<object?> Iterate()
    {
        for (var i = 0; i < Content.Count; i++)
            yield return ScriptValue.From(Content[i]);
    }

    protected internal override bool TryGetItem(object? key, out object? value)
    {
        value = key is SliceValue ? Items.Get(Copy(), key) : ScriptValue.From(Content[Place(key)]);
        return true;
    }

    protected internal override bool TrySetItem(object? key, object? value)
    {
        Content[Place(key)] = value;
        return true;
    }

    protected internal override bool TryDeleteItem(object? key)
    {
        Content.RemoveAt(Place(key));
        return true;
    }

    private int Place(object? key)
    {
        var index = Numbers.ToIndex(key, $"list indices must be integers or slices, not {Types.NameOf(key)}");
        if (index < 0)
            index += Content.Count;
        return index >= 0 && index < Content.Count ? (int)index : throw new ScriptException(ExceptionTypes.IndexError, "list index out of range");
    }

    private object? Add(object? value)
    {
        Machine.Charge(8);
        Content.Add(value);
        return null;
    }

    private object? Extend(object? values)
    {
        foreach (var value in Iteration.ToList(values).ToArray())
            Add(value);
        return null;
    }

    private object? Insert(object? index, object? value)
    {
        var at = Numbers.ToIndex(index);
        Content.Insert((int)Math.Clamp(at < 0 ? at + Content.Count : at, 0, Content.Count), value);
        return null;
    }

    private object? Remove(object? value)
    {
        var index = Find(value);
        Content.RemoveAt(index >= 0 ? index : throw new ScriptException(ExceptionTypes.ValueError, "list.remove(x): x not in list"));
        return null;
    }

    private object? Pop(object? index)
    {
        if (Content.Count == 0)
            throw new ScriptException(ExceptionTypes.IndexError, "pop from empty list");
        var at = Place(index);
        var value = Content[at];
        Content.RemoveAt(at);
        return value;
    }

    private object? Replace(List<object?> items)
    {
        Content.Clear();
        foreach (var item in items)
            Content.Add(item);
        return null;
    }

    private int Find(object? value)
    {
        for (var i = 0; i < Content.Count; i++)
        {
            if (Equality.AreEqual(ScriptValue.From(Content[i]), value))
                return i;
        }

        return -1;
    }

    private static ScriptException NotInList() => new(ExceptionTypes.ValueError, "value is not in list");

    internal ScriptList Copy() => new(Content);

    protected internal override bool IsEqualTo(object? other) => other switch
    {
        LiveList live => Equality.AreEqual(Copy(), live.Copy()),
        ScriptList list => Equality.AreEqual(Copy(), list),
        _ => false,
    };

    protected internal override int HashOf() => throw new ScriptException(ExceptionTypes.TypeError, "unhashable type: 'list'");

    protected internal override string Represent() => Representation.Of(Copy());
}
