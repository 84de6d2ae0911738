using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Directory.Sessions;

/// <summary>
/// Signs users out of every browser, which is recorded with each of them. Needs <c>delete_authenticatedsession</c> on everything: owning sessions, or
/// holding the right on single ones, does not do. Answers how many sessions ended. Faults: unauthenticated, forbidden.
/// </summary>
public sealed class RevokeSessions(PosternDb db, IAccess access, EndSessions sessions, IAuditTrail audit)
{
    public async Task<Result<int>> ExecuteAsync(Caller caller, IReadOnlyList<int> users, CancellationToken cancellation)
    {
        if (await access.RefuseAsync(caller, SessionKind.Kind.Delete, key: null, cancellation) is { } refusal)
            return refusal;
        return await db.InTransactionAsync<Result<int>>(
            async () =>
            {
                var ended = 0;
                foreach (var user in await db.Set<User>().AsNoTracking().Where(u => users.Contains(u.Pk)).ToListAsync(cancellation))
                    ended += await OneAsync(caller, user, cancellation);
                await db.SaveChangesAsync(cancellation);
                return ended;
            },
            static r => r.Fault is null,
            cancellation);
    }

    async Task<int> OneAsync(Caller caller, User user, CancellationToken cancellation)
    {
        var ended = await sessions.OfUsersAsync([user.Pk], except: null, cancellation);
        if (ended > 0)
            audit.Record(db, caller, ObjectChange.Updated, UserKind.Kind, user, new JsonObject { ["sessions"] = new JsonObject { ["previous_value"] = ended, ["new_value"] = 0 } });
        return ended;
    }
}
