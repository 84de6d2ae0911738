using System.Runtime.CompilerServices;

namespace Postern.Expressions;

/// <summary>
/// An object a host lets scripts see. Everything is refused unless a subclass allows it; nothing is found by reflection.
/// Values given and taken are script values: <see cref="ScriptValue"/> names them.
/// </summary>
public abstract class HostObject
{
    private static readonly ScriptType Unnamed = new("object");

    /// <summary>The name error messages and `repr` use for the object's type.</summary>
    public abstract string TypeName { get; }

    /// <summary>The type for isinstance and type(); a host that wants isinstance to work returns one shared instance.</summary>
    protected internal virtual ScriptType Type => Unnamed;

    /// <summary>True while the object's content must be fetched before it can be walked, counted or tested.</summary>
    protected internal virtual bool NeedsLoad => false;

    /// <summary>Fetches the content; called before use while <see cref="NeedsLoad"/> is true.</summary>
    protected internal virtual ValueTask LoadAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    protected internal virtual bool TryGetAttribute(string name, out object? value)
    {
        value = null;
        return false;
    }

    /// <summary>Sets an attribute; false refuses it.</summary>
    protected internal virtual bool TrySetAttribute(string name, object? value) => false;

    protected internal virtual bool TryDeleteAttribute(string name) => false;

    /// <summary>True when the object can be called.</summary>
    protected internal virtual bool IsCallable => false;

    protected internal virtual object? Call(HostCall call) => throw NotCallable();

    private ScriptException NotCallable() => new(ExceptionTypes.TypeError, $"'{TypeName}' object is not callable");

    /// <summary>The items to walk; null when the object is not iterable.</summary>
    protected internal virtual IEnumerable<object?>? Iterate() => null;

    /// <summary>What len() gives; null when it has none.</summary>
    protected internal virtual int? Length => null;

    protected internal virtual bool IsTrue => Length is not 0;

    /// <summary>What `item in object` gives; null to search the items instead.</summary>
    protected internal virtual bool? Contains(object? item) => null;

    protected internal virtual bool HasItems => false;

    /// <summary>What `object[key]` gives; false raises KeyError.</summary>
    protected internal virtual bool TryGetItem(object? key, out object? value)
    {
        value = null;
        return false;
    }

    /// <summary>Sets an item; false refuses it.</summary>
    protected internal virtual bool TrySetItem(object? key, object? value) => false;

    protected internal virtual bool TryDeleteItem(object? key) => false;

    /// <summary>What isinstance(value, this) gives, for objects that stand for a class; null when it stands for none.</summary>
    protected internal virtual bool? IsInstance(object? value) => null;

    /// <summary>A binary operation; <paramref name="reflected"/> is true when the object is the right operand. False leaves it unsupported.</summary>
    internal virtual bool TryOperate(BinaryOperator op, object? other, bool reflected, out object? result)
    {
        result = null;
        return false;
    }

    internal virtual bool TryNegate(out object? result)
    {
        result = null;
        return false;
    }

    protected internal virtual bool IsEqualTo(object? other) => ReferenceEquals(this, other);

    protected internal virtual int HashOf() => RuntimeHelpers.GetHashCode(this);

    /// <summary>Order against another value; null when there is none.</summary>
    protected internal virtual int? CompareTo(object? other) => null;

    /// <summary>What repr() gives.</summary>
    protected internal virtual string Represent() => $"<{TypeName} object>";

    /// <summary>What str() gives.</summary>
    protected internal virtual string ToText() => Represent();

    /// <summary>What format() with a specification gives.</summary>
    protected internal virtual string Format(string specification) => specification.Length == 0
        ? ToText()
        : throw new ScriptException(ExceptionTypes.TypeError, $"unsupported format string passed to {TypeName}.__format__");

    /// <summary>Enters a `with` block; false when the object is no context manager.</summary>
    protected internal virtual bool TryEnter(out object? value)
    {
        value = null;
        return false;
    }

    /// <summary>Leaves a `with` block.</summary>
    protected internal virtual void Exit()
    {
    }

    public sealed override string ToString() => Represent();
}
