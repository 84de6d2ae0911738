using Postern.Expressions;

namespace Postern.Policies.Expressions.Models;

/// <summary>A model's class as expressions import it: its manager and its exceptions.</summary>
sealed class ModelClass(ExpressionModel model, ExpressionRun run) : HostObject
{
    public override string TypeName => "ModelBase";

    protected override bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "objects" => new QuerySet(model, run),
            "DoesNotExist" => model.Missing,
            "MultipleObjectsReturned" => model.Several,
            _ => null,
        };
        return value is not null;
    }

    protected override bool? IsInstance(object? value) => value is ModelObject instance && instance.Model == model;

    protected override string Represent() => $"<class '{(model.Modules.Count > 0 ? model.Modules[0] + "." : "")}{model.ClassName}'>";
}
