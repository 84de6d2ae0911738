using System.Net;
using System.Text.Json.Nodes;

namespace Postern.Directory.Sessions;

/// <summary>A browser's session. Its cookie holds a random key of which only the hash is stored.</summary>
public sealed class Session
{
    /// <summary>Name in the API and in audit records; stays when the key changes.</summary>
    public Guid Uuid { get; set; } = Guid.CreateVersion7();

    /// <summary>SHA-256 of the cookie's key.</summary>
    public byte[] KeyHash { get; set; } = [];

    /// <summary>That of the key before the last sign-in; it opens nothing.</summary>
    public byte[]? KeyBefore { get; set; }

    /// <summary>Who is signed in; null before sign-in.</summary>
    public int? UserPk { get; set; }

    /// <summary>The administrator who acts as the user, while impersonating.</summary>
    public int? ImpersonatorPk { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When the user proved who they are.</summary>
    public DateTimeOffset? AuthenticatedAt { get; set; }

    /// <summary>Written at most once a minute.</summary>
    public DateTimeOffset LastUsed { get; set; }

    /// <summary>How long it lives unused; each use extends <see cref="Expires"/> by it.</summary>
    public TimeSpan Lifetime { get; set; }

    /// <summary>Checked at each use, whether or not a cleaner has run.</summary>
    public DateTimeOffset Expires { get; set; }

    /// <summary>The cookie outlives the browser; otherwise it ends with it.</summary>
    public bool Persistent { get; set; }

    /// <summary>Until when it lives however much it is used; null for no such end.</summary>
    public DateTimeOffset? Ends { get; set; }

    public NetworkBinding NetworkBinding { get; set; }

    public GeoIpBinding PlaceBinding { get; set; }

    public IPAddress? LastIp { get; set; }

    public string LastUserAgent { get; set; } = "";

    /// <summary>How the user authenticated (<c>password</c>, <c>auth_mfa</c>, ...) and with what.</summary>
    public string AuthMethod { get; set; } = "";

    public JsonObject AuthMethodArgs { get; set; } = [];

    /// <summary>Plans of running flows and what belongs to them, by flow; owned by the flow executor.</summary>
    public JsonObject Flows { get; set; } = [];

    /// <summary>Messages for the next page: objects of <c>level</c> and <c>message</c> under <c>items</c>.</summary>
    public JsonObject Messages { get; set; } = [];

    public bool IsExpired(DateTimeOffset now) => Expires <= now;
}
