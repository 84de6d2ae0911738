using Postern.Directory.Passwords;
using Postern.Policies.Engine;
using Postern.Policies.Password;
using Postern.Storage;

namespace Postern.Policies.UniquePassword;

/// <summary>Compares the new password with the hashes of the latest ones, newest first.</summary>
sealed class DecideUniquePassword(PosternDb db, HashQueue hashes) : IPolicy<UniquePasswordPolicy>
{
    const string Latest = "SELECT password FROM password_history WHERE user_pk = $1 ORDER BY id DESC LIMIT $2";

    public async ValueTask<PolicyVerdict> EvaluateAsync(UniquePasswordPolicy policy, PolicyRequest request, CancellationToken cancellation)
    {
        if (GivenPassword.Of(request, policy.PasswordField) is not { } password)
            return PolicyVerdict.Of(passing: false, GivenPassword.Missing);
        foreach (var encoded in await LatestAsync(request.User?.Pk ?? 0, policy.NumHistoricalPasswords, cancellation))
        {
            if (!(await hashes.VerifyAsync(password, encoded, cancellation)).Succeeded(out var same, out var fault))
                return PolicyVerdict.Failed(fault.Message);
            if (same)
                return PolicyVerdict.Of(passing: false, "This password has been used previously. Please choose a different one.");
        }
        return PolicyVerdict.Of(passing: true);
    }

    async Task<IReadOnlyList<string>> LatestAsync(int user, int count, CancellationToken cancellation)
    {
        var found = new List<string>();
        await using var rows = await db.ReadAsync(Latest, cancellation, user, count);
        while (await rows.ReadAsync(cancellation))
            found.Add(rows.GetString(0));
        return found;
    }
}
