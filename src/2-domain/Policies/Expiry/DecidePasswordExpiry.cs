using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Passwords;
using Postern.Directory.Users;
using Postern.Policies.Engine;
using Postern.Storage;

namespace Postern.Policies.Expiry;

/// <summary>Compares the age of the user's password; an expired one is made unusable unless the policy only denies.</summary>
sealed class DecidePasswordExpiry(PosternDb db, TimeProvider clock) : IPolicy<PasswordExpiryPolicy>
{
    public async ValueTask<PolicyVerdict> EvaluateAsync(PasswordExpiryPolicy policy, PolicyRequest request, CancellationToken cancellation)
    {
        if (request.User is not { Pk: > 0 } user)
            return PolicyVerdict.Failed("There is no user whose password could expire.");
        var expired = (clock.GetUtcNow() - user.PasswordChangeDate).Days - policy.Days;
        if (expired < 0)
            return PolicyVerdict.Of(passing: true);
        if (policy.DenyOnly)
            return PolicyVerdict.Of(passing: false, "Password has expired.");
        if (!request.Debug)
            await DisableAsync(user, cancellation);
        return PolicyVerdict.Of(passing: false, string.Create(CultureInfo.InvariantCulture, $"Password expired {expired} days ago. Please update your password."));
    }

    async Task DisableAsync(User user, CancellationToken cancellation)
    {
        var unusable = PasswordHash.Unusable();
        await db.Set<User>().Where(u => u.Pk == user.Pk).ExecuteUpdateAsync(s => s.SetProperty(u => u.Password, unusable), cancellation);
        user.Password = unusable;
    }
}
