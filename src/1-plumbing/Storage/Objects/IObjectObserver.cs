using Postern.Kernel.Access;
using Postern.Storage.Kinds;

namespace Postern.Storage.Objects;

/// <summary>Hears of objects that come and go through the generic doors, inside the transaction of the change.</summary>
public interface IObjectObserver
{
    ValueTask CreatedAsync(PosternDb db, Caller caller, ModelKind kind, object entity, CancellationToken cancellation);

    /// <summary>The object is about to be deleted.</summary>
    ValueTask DeletedAsync(PosternDb db, Caller caller, ModelKind kind, object entity, CancellationToken cancellation);
}
