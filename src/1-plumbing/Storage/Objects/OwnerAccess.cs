using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;

namespace Postern.Storage.Objects;

/// <summary>Permission checks on one object, which know of owners.</summary>
public static class OwnerAccess
{
    /// <summary>Null when the caller owns the object or holds the permission on it, else the fault to answer.</summary>
    public static async ValueTask<Fault?> RefuseAsync(this IAccess access, Caller caller, Permission permission, ModelKind kind, object entity, CancellationToken cancellation) =>
        caller.UserPk is { } user && kind.OwnerOf(entity) == user ? null : await access.RefuseAsync(caller, permission, kind.KeyOf(entity), cancellation);
}
