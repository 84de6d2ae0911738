using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Notifications;

/// <summary>Marks everything that the caller was told as seen.</summary>
sealed class MarkAllSeen(PosternDb db)
{
    public async Task<Result<int>> ExecuteAsync(Caller caller, CancellationToken cancellation) =>
        caller is { IsAuthenticated: true, UserPk: { } user }
            ? await db.ExecuteAsync("UPDATE notification SET seen = true WHERE user_pk = $1 AND NOT seen", cancellation, user)
            : new Fault.Unauthenticated();
}
