using System.Text.Json.Nodes;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;

namespace Postern.Storage.Objects;

/// <summary>Hears of objects that come, change and go through the generic doors, inside the transaction of the change.</summary>
public interface IObjectObserver
{
    ValueTask CreatedAsync(PosternDb db, Caller caller, ModelKind kind, object entity, CancellationToken cancellation);

    /// <summary>The object was changed; <paramref name="diff"/> tells how, in the shape of audit records.</summary>
    ValueTask UpdatedAsync(PosternDb db, Caller caller, ModelKind kind, object entity, JsonObject diff, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>The object is about to be deleted.</summary>
    ValueTask DeletedAsync(PosternDb db, Caller caller, ModelKind kind, object entity, CancellationToken cancellation);
}
