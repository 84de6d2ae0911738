namespace Postern.Portal.Licenses;

/// <summary>A number of users for one installation, until a day; what was ordered and paid for.</summary>
public sealed class License
{
    /// <summary>The order's id, and every key's <c>jti</c>.</summary>
    public Guid Id { get; set; }

    public Guid OrganizationId { get; set; }

    /// <summary>The installation that it is for.</summary>
    public Guid InstallId { get; set; }

    public string Nickname { get; set; } = "";

    public string PlanCode { get; set; } = "";

    public int InternalUsers { get; set; }

    public int ExternalUsers { get; set; }

    public DateTimeOffset IssuedAt { get; set; }

    /// <summary>Its newest key ends here.</summary>
    public DateTimeOffset PaidThrough { get; set; }

    /// <summary>Taken back by the vendor: no key is shown any more.</summary>
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>The last reminder that was mailed, in days from expiry; null before the first.</summary>
    public int? Reminded { get; set; }

    public string DisplayName => Nickname.Length > 0 ? Nickname : $"License {Id.ToString("N")[^8..]}";

    public LicenseState StateAt(DateTimeOffset now) => RevokedAt is not null ? LicenseState.Revoked
        : now >= PaidThrough ? LicenseState.Expired
        : now >= PaidThrough.AddDays(-30) ? LicenseState.ExpiresSoon
        : LicenseState.Active;
}

/// <summary>How a license stands.</summary>
public enum LicenseState
{
    Active,
    ExpiresSoon,
    Expired,
    Revoked,
}

/// <summary>A signed key of a license. The newest that is neither superseded nor revoked is the one to install.</summary>
public sealed class LicenseKey
{
    public Guid LicenseId { get; set; }

    /// <summary>Counts from 1 within the license.</summary>
    public int Revision { get; set; }

    public string Key { get; set; } = "";

    public string Reason { get; set; } = "";

    public DateTimeOffset IssuedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? SupersededAt { get; set; }

    /// <summary>Not to be used any more, whatever it says.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}
