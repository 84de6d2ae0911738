using Npgsql;
using Postern.Kernel;
using Postern.Storage.Kinds;

namespace Postern.Storage.Objects;

/// <summary>Uniqueness as a clear message: asked before saving, and read from the constraint when two saves race.</summary>
static class UniqueFields
{
    const string Message = "This field must be unique.";

    public static async ValueTask CheckAsync(ModelKind kind, object entity, SaveContext context)
    {
        foreach (var field in kind.Fields.Where(f => f.Unique && (context.IsNew || context.Given.Contains(f.Name))))
        {
            if (field.Get(entity) is not { } value)
                continue;
            // Names of a family (stages, policies) are unique over all its kinds.
            var owner = kind.Base is { } family && family.Find(field.Name) is { Unique: true } ? family : kind;
            var other = await owner.Query(context.Db).Where(owner.Find(field.Name)!, value).FirstAsync(tracked: false, context.Cancellation);
            if (other is not null && !string.Equals(owner.KeyOf(other), kind.KeyOf(entity), StringComparison.Ordinal))
                context.Errors.Add(field.Name, Message);
        }
    }

    /// <summary>Constraints are named <c>table_column_key</c> (or <c>_uniq</c>); what names no field is an error of the whole input.</summary>
    public static Fault Violated(ModelKind kind, PostgresException violation)
    {
        var constraint = violation.ConstraintName ?? "";
        var field = kind.Fields.Where(f => f.Unique)
            .FirstOrDefault(f => constraint.StartsWith($"{kind.Table}_{f.Name}", StringComparison.Ordinal));
        return field is not null ? Fault.Field(field.Name, Message) : Fault.Input("These values are already taken by another object.");
    }
}
