using Microsoft.EntityFrameworkCore;
using Postern.Directory.Passwords;
using Postern.Directory.Sessions;
using Postern.Directory.Tokens;
using Postern.Directory.Users;
using Postern.Storage;

namespace Postern.Stages.Lockdown;

/// <summary>Takes from an account what a stage says: activity, password, sessions, tokens and what applications hold. In the caller's transaction; saves.</summary>
sealed class LockAccount(PosternDb db, EndSessions sessions, BrowserSession browser, IEnumerable<IUserGrants> grants, TimeProvider clock)
{
    /// <summary>One's <paramref name="own"/> session in this browser is left: it ends by signing out, which the run needs to know of.</summary>
    public async ValueTask ExecuteAsync(LockdownStage stage, User user, bool own, CancellationToken cancellation)
    {
        if (stage.DeactivateUser)
            user.IsActive = false;
        if (stage.SetUnusablePassword)
            (user.Password, user.PasswordChangeDate) = (PasswordHash.Unusable(), clock.GetUtcNow());
        await db.SaveChangesAsync(cancellation);
        if (stage.DeleteSessions)
            await sessions.OfUsersAsync([user.Pk], own ? browser.Uuid : null, cancellation);
        if (stage.RevokeTokens)
            await RevokeAsync(user, cancellation);
    }

    async ValueTask RevokeAsync(User user, CancellationToken cancellation)
    {
        await db.Set<Token>().Where(t => t.UserPk == user.Pk).ExecuteDeleteAsync(cancellation);
        await db.ExecuteAsync("DELETE FROM flow_token WHERE user_pk = $1", cancellation, user.Pk);
        foreach (var issued in grants)
            await issued.RevokeAsync(user.Pk, cancellation);
    }
}
