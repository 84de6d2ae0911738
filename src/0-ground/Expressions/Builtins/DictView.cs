namespace Postern.Expressions;

/// <summary>What `keys()`, `values()` and `items()` give: a view of the dict as it is now.</summary>
internal sealed class DictView(ScriptDict dict, ScriptType type, Func<object?, object?, object?>? select) : HostObject
{
    public static readonly ScriptType Keys = new("dict_keys");
    public static readonly ScriptType Values = new("dict_values");
    public static readonly ScriptType ItemsType = new("dict_items");

    public override string TypeName => type.Name;

    protected internal override ScriptType Type => type;

    protected internal override int? Length => dict.Count;

    public ScriptIterator Iterator() => new TableIterator(
        ReferenceEquals(type, Keys) ? IteratorTypes.DictKeys : ReferenceEquals(type, Values) ? IteratorTypes.DictValues : IteratorTypes.DictItems,
        dict.Table, select, "dictionary");

    protected internal override IEnumerable<object?> Iterate()
    {
        var iterator = Iterator();
        while (iterator.Next(Machine.Current!, out var value))
            yield return value;
    }

    protected internal override bool? Contains(object? item)
    {
        if (ReferenceEquals(type, Keys))
            return dict.ContainsKey(item);
        if (ReferenceEquals(type, Values))
            return null;
        return item is ScriptTuple { Count: 2 } pair && dict.TryGetValue(pair[0], out var value) && Equality.AreEqual(value, pair[1]);
    }

    private ScriptSet ToSet()
    {
        var set = new ScriptSet();
        foreach (var item in Iterate())
            set.Add(item);
        return set;
    }

    internal override bool TryOperate(BinaryOperator op, object? other, bool reflected, out object? result)
    {
        result = null;
        if (ReferenceEquals(type, Values) || op is not (BinaryOperator.And or BinaryOperator.Or or BinaryOperator.Subtract or BinaryOperator.Xor))
            return false;
        var set = SetMethods.FromIterable(other);
        result = reflected ? SetMethods.Operate(op, set, ToSet()) : SetMethods.Operate(op, ToSet(), set);
        return true;
    }

    protected internal override bool IsEqualTo(object? other) => ReferenceEquals(this, other) || (!ReferenceEquals(type, Values) && other switch
    {
        DictView view when !ReferenceEquals(view.Type, Values) => Equality.AreEqual(ToSet(), view.ToSet()),
        ScriptSet set => Equality.AreEqual(ToSet(), set),
        _ => false,
    });

    protected internal override int? CompareTo(object? other)
    {
        if (ReferenceEquals(type, Values) || other is not (DictView or ScriptSet))
            return null;
        var (mine, theirs) = (ToSet(), SetMethods.FromIterable(other));
        return Equality.AreEqual(mine, theirs) ? 0 : Equality.SubsetOf(mine, theirs) ? -1 : Equality.SubsetOf(theirs, mine) ? 1 : null;
    }

    protected internal override string Represent() => $"{type.Name}({Representation.Of(Iteration.ToList(this))})";
}
