using Postern.Expressions;
using Postern.Policies.Expressions.Objects;

namespace Postern.Policies.Expressions.Models;

/// <summary>The class of something this product does not have: expressions that ask for its objects find none.</summary>
public sealed class NoObjects : HostObject
{
    readonly ScriptType missing = ScriptType.NewException("DoesNotExist");
    readonly string className;
    readonly NoRows rows;

    public NoObjects(string className)
    {
        this.className = className;
        rows = new NoRows(new HostFunction("get", _ => throw new ScriptException(missing, $"{className} matching query does not exist.")));
    }

    public override string TypeName => "ModelBase";

    protected override bool? IsInstance(object? value) => false;

    protected override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "objects" => rows,
            "DoesNotExist" => missing,
            _ => null,
        };
        return value is not null;
    }

    protected override string Represent() => $"<class '{className}'>";
}
