using System.Globalization;
using Postern.Billing.Subscriptions;
using Postern.Pages;

namespace Postern.Portal.Licenses;

/// <summary>How states of licenses read and look.</summary>
static class LicenseLook
{
    public static (string Text, Tone Tone) Of(LicenseState state) => state switch
    {
        LicenseState.Active => ("Active", Tone.Success),
        LicenseState.ExpiresSoon => ("Expires soon", Tone.Warning),
        LicenseState.Expired => ("Expired", Tone.Danger),
        _ => ("Revoked", Tone.Danger),
    };

    /// <summary>How a license goes on.</summary>
    public static string Renewal(Subscription subscription) => subscription switch
    {
        { Revoked: true } or { Status: SubscriptionStatus.Canceled or SubscriptionStatus.Expired } => "It is over",
        { Status: SubscriptionStatus.Unpaid } => "It was not paid and is over",
        { CancelAtPeriodEnd: true } => $"Not renewed after {Date(subscription.PeriodEnd)}",
        { Status: SubscriptionStatus.PastDue } => "Payment failed; it is tried again",
        _ => $"On {Date(subscription.PeriodEnd)}, by itself",
    };

    public static string Date(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Url(License license) => $"/organizations/{license.OrganizationId}/licenses/{license.Id}";
}

/// <summary>What all valid licenses of one installation allow together.</summary>
public sealed record InstallationTotal(Guid InstallId, int Licenses, int InternalUsers, int ExternalUsers, DateTimeOffset FirstExpiry)
{
    /// <summary>One line for each installation that has more than one valid license.</summary>
    public static IReadOnlyList<InstallationTotal> Of(IEnumerable<License> licenses, DateTimeOffset now) =>
    [
        .. licenses.Where(l => l.StateAt(now) is LicenseState.Active or LicenseState.ExpiresSoon)
            .GroupBy(l => l.InstallId)
            .Where(g => g.Skip(1).Any())
            .Select(g => new InstallationTotal(g.Key, g.Count(), g.Sum(l => l.InternalUsers), g.Sum(l => l.ExternalUsers), g.Min(l => l.PaidThrough))),
    ];
}
