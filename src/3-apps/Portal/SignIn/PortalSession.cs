using System.Text.Json.Nodes;

namespace Postern.Portal.SignIn;

/// <summary>One browser in which somebody is signed in; the browser holds the key, the database its hash.</summary>
public sealed class PortalSession
{
    /// <summary>How long a session lives without being used.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(12);

    /// <summary>How long it lives however much it is used: then the provider is asked anew who somebody is.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public byte[] KeyHash { get; set; } = [];

    public string Subject { get; set; } = "";

    /// <summary>The provider's name for its own session, by which it tells us of sign-outs; empty where it gives none.</summary>
    public string ProviderSession { get; set; } = "";

    /// <summary>Sent back when signing out; sealed.</summary>
    public string IdToken { get; set; } = "";

    /// <summary>What forms carry to show that they are ours.</summary>
    public string FormToken { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Told on the next page.</summary>
    public JsonArray Messages { get; set; } = [];

    /// <summary>The installation that a purchase is for, carried along since its licence page; null where the page was entered directly.</summary>
    public Guid? InstallId { get; set; }

    /// <summary>Where that installation is.</summary>
    public string InstanceUrl { get; set; } = "";

    public bool IsValid(DateTimeOffset now) => now < ExpiresAt && now < CreatedAt + Longest;
}
