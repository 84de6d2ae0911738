using Postern.Brands;
using Postern.Policies.Engine;
using Postern.Policies.Password.Strength;
using Postern.Storage.Snapshots;

namespace Postern.Policies.Password;

/// <summary>Checks a password by static rules, then against leaks, then for guessability; the first that refuses decides.</summary>
sealed class DecidePassword(LeakedPasswords leaks, Snapshot<BrandPicture> brands, TimeProvider clock) : IPolicy<PasswordPolicy>
{
    /// <summary>What comes after does not make a password harder to guess, but an estimate dearer.</summary>
    const int MostEstimated = 72;

    public async ValueTask<PolicyVerdict> EvaluateAsync(PasswordPolicy policy, PolicyRequest request, CancellationToken cancellation)
    {
        if (GivenPassword.Of(request, policy.PasswordField) is not { } password)
            return PolicyVerdict.Of(passing: false, GivenPassword.Missing);
        if (policy.CheckStaticRules && StaticRules.Refusal(policy, password) is { } refusal)
            return PolicyVerdict.Of(passing: false, refusal);
        if (policy.CheckHaveIBeenPwned && await LeaksAsync(policy, password, cancellation) is { } leaked)
            return leaked;
        return policy.CheckZxcvbn ? Estimate(policy, password, await HintsAsync(request, cancellation)) : PolicyVerdict.Of(passing: true);
    }

    async Task<PolicyVerdict?> LeaksAsync(PasswordPolicy policy, string password, CancellationToken cancellation) =>
        await leaks.CountAsync(password, cancellation) switch
        {
            null => PolicyVerdict.Failed("The list of leaked passwords could not be asked."),
            { } count when count > policy.HibpAllowedCount => PolicyVerdict.Of(passing: false, $"Password exists on {count} online lists."),
            _ => null,
        };

    PolicyVerdict Estimate(PasswordPolicy policy, string password, IReadOnlyList<string> known)
    {
        var estimate = EstimateStrength.Of(password[..Math.Min(password.Length, MostEstimated)], known, clock.GetUtcNow().Year);
        return estimate.Score <= policy.ZxcvbnScoreThreshold
            ? new PolicyVerdict(Passing: false, ["Password is too weak.", .. estimate.Suggestions])
            : new PolicyVerdict(Passing: true, estimate.Suggestions);
    }

    async Task<IReadOnlyList<string>> HintsAsync(PolicyRequest request, CancellationToken cancellation)
    {
        var known = new List<string>();
        if (request.User is { } user)
            known.AddRange([user.Username, user.Name, user.Email]);
        if (request.Http?.Host is { } host)
            known.Add((await brands.GetAsync(cancellation)).For(host).BrandingTitle);
        return known;
    }
}
