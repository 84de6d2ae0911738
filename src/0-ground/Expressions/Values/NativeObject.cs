namespace Postern.Expressions;

/// <summary>An object of the language's own library: its attributes are those its type declares.</summary>
internal abstract class NativeObject : HostObject
{
    public sealed override string TypeName => Type.Module.Length > 0 ? $"{Type.Module}.{Type.Name}" : Type.Name;

    protected internal abstract override ScriptType Type { get; }

    protected internal override bool TryGetAttribute(string name, out object? value) => TryGetMember(this, Type, name, out value);

    public static bool TryGetMember(HostObject self, ScriptType type, string name, out object? value)
    {
        switch (type.Find(name))
        {
            case MethodMember method:
                value = new BoundMethod(self, method.Function);
                return true;
            case GetterMember getter:
                value = getter.Get(self);
                return true;
            case ConstantMember constant:
                value = constant.Value;
                return true;
            default:
                value = null;
                return false;
        }
    }
}
