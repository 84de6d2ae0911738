using Postern.Licensing;

namespace Postern.Enterprise.Ladder;

/// <summary>An installed licence as its verified key says.</summary>
/// <param name="Until">The moment it ends.</param>
/// <param name="InternalUsers">Active internal users it allows.</param>
/// <param name="ExternalUsers">Active external users it allows.</param>
/// <param name="FirstSeen">When its key was installed for the first time.</param>
public sealed record HeldLicense(DateTimeOffset Until, long InternalUsers, long ExternalUsers, DateTimeOffset FirstSeen)
{
    /// <summary>The moment it begins.</summary>
    public DateTimeOffset From { get; init; } = DateTimeOffset.MinValue;

    public IReadOnlyList<LicenseFlag> Flags { get; init; } = [];

    public bool IsValid(DateTimeOffset now) => From <= now && now < Until;
}

/// <summary>People counted at one moment.</summary>
/// <param name="Internal">Active internal users.</param>
/// <param name="External">Active external users.</param>
/// <param name="LastWithin">When a count was within the licences for the last time; null for never.</param>
public sealed record UserCounts(long Internal, long External, DateTimeOffset? LastWithin);
