using Microsoft.EntityFrameworkCore;
using Postern.Storage;

namespace Postern.Directory.Sessions;

/// <summary>Signs users out of their browsers; it holds on every node from their next request.</summary>
public sealed class EndSessions(PosternDb db)
{
    /// <summary>Ends all sessions of these users but one, also those in which they are impersonated or impersonate. Answers how many ended.</summary>
    public Task<int> OfUsersAsync(IReadOnlyList<int> users, Guid? except, CancellationToken cancellation) =>
        db.Set<Session>()
            .Where(s => ((s.UserPk != null && users.Contains(s.UserPk.Value)) || (s.ImpersonatorPk != null && users.Contains(s.ImpersonatorPk.Value))) && s.Uuid != except)
            .ExecuteDeleteAsync(cancellation);

    /// <summary>Ends one session of a user; false when the user has none of this name.</summary>
    public async Task<bool> OneAsync(int user, Guid session, CancellationToken cancellation) =>
        await db.Set<Session>().Where(s => s.UserPk == user && s.Uuid == session).ExecuteDeleteAsync(cancellation) > 0;
}
