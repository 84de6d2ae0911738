using System.Text.Json.Nodes;
using Postern.Blueprints.Exporting;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Flows.Versions;

/// <summary>Keeps a version of every flow that a change touches: the flow itself, its bindings, its stages with their prompts, and the policies that decide in it.</summary>
sealed class KeepVersions(FindOwners owners, TakeVersion take) : IObjectObserver
{
    public ValueTask CreatedAsync(PosternDb db, Caller caller, ModelKind kind, object entity, CancellationToken cancellation) =>
        UpdatedAsync(db, caller, kind, entity, [], cancellation);

    public async ValueTask UpdatedAsync(PosternDb db, Caller caller, ModelKind kind, object entity, JsonObject diff, CancellationToken cancellation)
    {
        foreach (var key in await owners.ExecuteAsync(FlowKind.Kind, kind, entity, diff, cancellation))
            db.BeforeCommit($"flow version {key}", c => take.ExecuteAsync(Guid.Parse(key), caller.UserPk, c));
    }

    // While its bindings still say which flows it was part of.
    public ValueTask DeletedAsync(PosternDb db, Caller caller, ModelKind kind, object entity, CancellationToken cancellation) =>
        UpdatedAsync(db, caller, kind, entity, [], cancellation);
}
