using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;

namespace Postern.Blueprints.Importing;

/// <summary>Grants permissions on single objects; the slice that keeps roles implements it.</summary>
public interface IObjectGrants
{
    /// <summary>Grants a permission (wire name) on an object to a user or a role. Runs in the import's transaction. Faults: invalid.</summary>
    ValueTask<Result<Unit>> GrantAsync(Caller caller, ModelKind kind, object entity, string permission, int? user, Guid? role, CancellationToken cancellation);
}
