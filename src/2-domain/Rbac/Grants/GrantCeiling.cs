using Postern.Kernel.Access;

namespace Postern.Rbac.Grants;

/// <summary>Nobody gives a right that they do not hold themselves.</summary>
public sealed class GrantCeiling(IAccess access)
{
    /// <summary>Whether the caller holds a right on everything, or on the object named.</summary>
    public async ValueTask<bool> HoldsAsync(Caller caller, CataloguePermission permission, string? key, CancellationToken cancellation) =>
        await access.RefuseAsync(caller, new Permission(permission.App, permission.Codename), key, cancellation) is null;
}
