using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage.Objects;

namespace Postern.Invitations;

/// <summary>An invitation that the caller may change, tracked. Faults: unauthenticated, forbidden, not found.</summary>
public sealed class FindToManage(ObjectQuery objects, IAccess access)
{
    public async Task<Result<Invitation>> ExecuteAsync(Caller caller, string pk, CancellationToken cancellation)
    {
        if (!(await objects.FindAsync(InvitationKind.Kind, caller, pk, tracked: true, cancellation)).Succeeded(out var found, out var missing))
            return missing;
        return await access.RefuseAsync(caller, InvitationKind.Kind.Change, InvitationKind.Kind.KeyOf(found), cancellation) is { } refusal ? refusal : (Invitation)found;
    }
}
