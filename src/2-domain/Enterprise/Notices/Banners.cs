using Postern.Enterprise.Ladder;
using Postern.Licensing;

namespace Postern.Enterprise.Notices;

/// <summary>Where a banner is shown.</summary>
public enum Audience
{
    /// <summary>The admin console.</summary>
    Administrators,

    /// <summary>The pages of one's own.</summary>
    People,

    /// <summary>Sign-in and other flows.</summary>
    Flow,
}

/// <summary>A line on top of every page.</summary>
/// <param name="Text">What it says.</param>
/// <param name="IsSerious">It is more than a warning.</param>
public sealed record Banner(string Text, bool IsSerious);

/// <summary>Which banners the state of the licences puts on pages.</summary>
public static class Banners
{
    public static IEnumerable<Banner> Of(LicenseState state, Audience audience)
    {
        if (state.Level is EnforcementLevel.ReadOnly)
            yield return new("Caution: This installation has entered read-only mode due to expired/exceeded licenses.", IsSerious: true);
        else if (audience is not Audience.Flow && state.Level >= (audience is Audience.Administrators ? EnforcementLevel.AdminWarning : EnforcementLevel.UserWarning))
            yield return new(state.Reasons.Contains(ViolationReason.Expired) ? "Warning: One or more license(s) have expired." : "Warning: The current user count has exceeded the configured licenses.", IsSerious: false);
        else if (audience is Audience.Administrators && state.Status is LicenseStatus.ExpirySoon)
            yield return new("Warning: One or more license(s) will expire within the next 2 weeks.", IsSerious: false);
        foreach (var flag in audience is Audience.Flow ? [] : state.Flags)
            yield return new(flag is LicenseFlag.Trial ? "This installation uses a Trial license." : "This installation uses a Non-production license.", IsSerious: false);
    }
}
