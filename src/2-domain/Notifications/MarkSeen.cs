using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Notifications;

/// <summary>Marks what the caller was told as seen: one notification of theirs, or all of them.</summary>
public sealed class MarkSeen(PosternDb db)
{
    /// <summary>Faults: nobody is signed in; there is no such notification of the caller's.</summary>
    public async Task<Result<int>> ExecuteAsync(Caller caller, Guid? only, CancellationToken cancellation)
    {
        if (caller is not { IsAuthenticated: true, UserPk: { } user })
            return new Fault.Unauthenticated();
        if (only is not { } pk)
            return await db.ExecuteAsync("UPDATE notification SET seen = true WHERE user_pk = $1 AND NOT seen", cancellation, user);
        return await db.ExecuteAsync("UPDATE notification SET seen = true WHERE user_pk = $1 AND pk = $2", cancellation, user, pk) == 1 ? 1 : new Fault.NotFound("Notification");
    }
}
