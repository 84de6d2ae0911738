using Postern.Licensing;

namespace Postern.Enterprise.Ladder;

/// <summary>What the licences of an installation amount to at one moment.</summary>
public sealed record LicenseState(LicenseStatus Status, EnforcementLevel Level)
{
    /// <summary>Why the licences are broken; empty while they are not.</summary>
    public IReadOnlyList<ViolationReason> Reasons { get; init; } = [];

    /// <summary>Since when they are broken.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When the next level comes; null when there is none.</summary>
    public DateTimeOffset? NextLevelAt { get; init; }

    /// <summary>Users that the valid licences allow together.</summary>
    public long InternalUsers { get; init; }

    /// <summary>External users that the valid licences allow together.</summary>
    public long ExternalUsers { get; init; }

    public UserCounts Counts { get; init; } = new(0, 0, LastWithin: null);

    /// <summary>The first end among the valid licences, else the last end of all; null when none is installed.</summary>
    public DateTimeOffset? CumulativeExpiry { get; init; }

    /// <summary>The last end among the valid licences.</summary>
    public DateTimeOffset? AllExpireAt { get; init; }

    public IReadOnlyList<LicenseFlag> Flags { get; init; } = [];

    /// <summary>Whether what needs a licence may be used.</summary>
    public bool IsLicensed => Status is LicenseStatus.Valid or LicenseStatus.ExpirySoon;

    public bool IsReadOnly => Level is EnforcementLevel.ReadOnly;
}
