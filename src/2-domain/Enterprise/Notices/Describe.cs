using Postern.Enterprise.Ladder;

namespace Postern.Enterprise.Notices;

/// <summary>Says in words what is wrong with the licences and what comes next.</summary>
public static class Describe
{
    /// <summary>One paragraph for a state that breaks its licences.</summary>
    public static string Violation(LicenseState state)
    {
        var why = string.Join(" ", state.Reasons.Select(r => r switch
        {
            ViolationReason.InternalOver => $"There are {state.Counts.Internal} active internal users; the licenses allow {state.InternalUsers}.",
            ViolationReason.ExternalOver => $"There are {state.Counts.External} active external users; the licenses allow {state.ExternalUsers}.",
            _ => $"The last license ended on {state.CumulativeExpiry:yyyy-MM-dd}.",
        }));
        return $"{why} {Next(state)}";
    }

    static string Next(LicenseState state) => state.Level switch
    {
        EnforcementLevel.Notice => $"From {state.NextLevelAt:yyyy-MM-dd} administrators see a banner.",
        EnforcementLevel.AdminWarning => $"From {state.NextLevelAt:yyyy-MM-dd} everybody sees a banner.",
        EnforcementLevel.UserWarning => $"From {state.NextLevelAt:yyyy-MM-dd} this installation is read-only; signing in goes on.",
        _ => "This installation is read-only; signing in goes on. Renew the license, or deactivate accounts, and all is as before.",
    };
}
