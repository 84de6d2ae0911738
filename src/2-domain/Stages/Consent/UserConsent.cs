namespace Postern.Stages.Consent;

/// <summary>A consent a person gave to an application.</summary>
public sealed class UserConsent
{
    public int Pk { get; set; }

    public int UserPk { get; set; }

    public Guid ApplicationPk { get; set; }

    /// <summary>Permission ids joined by spaces.</summary>
    public string Permissions { get; set; } = "";

    /// <summary>Null for a consent that stays.</summary>
    public DateTimeOffset? Expires { get; set; }

    public bool IsExpired(DateTimeOffset now) => Expires <= now;
}
