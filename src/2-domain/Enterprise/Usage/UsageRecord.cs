namespace Postern.Enterprise.Usage;

/// <summary>How many people there were at one moment, and whether the licences of that moment allowed them.</summary>
public sealed class UsageRecord
{
    public Guid UsageUuid { get; set; } = Guid.CreateVersion7();

    public DateTimeOffset RecordDate { get; set; }

    /// <summary>Active internal users.</summary>
    public long InternalUserCount { get; set; }

    /// <summary>Active external users.</summary>
    public long ExternalUserCount { get; set; }

    /// <summary>Nothing was wrong at that moment. The grace periods count from the last such record.</summary>
    public bool WithinLimits { get; set; }
}
