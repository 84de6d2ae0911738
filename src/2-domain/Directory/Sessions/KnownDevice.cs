using System.Net;

namespace Postern.Directory.Sessions;

/// <summary>A browser that a user signed in on before, known again by a cookie of which only the hash is stored. Several users may share one.</summary>
public sealed class KnownDevice
{
    public Guid Uuid { get; set; } = Guid.CreateVersion7();

    public int UserPk { get; set; }

    /// <summary>SHA-256 of the cookie.</summary>
    public byte[] KeyHash { get; set; } = [];

    public DateTimeOffset FirstSeen { get; set; }

    /// <summary>The last sign-in on it.</summary>
    public DateTimeOffset LastSeen { get; set; }

    /// <summary>From then on it is unknown again.</summary>
    public DateTimeOffset Expires { get; set; }

    public IPAddress? LastIp { get; set; }

    public string LastUserAgent { get; set; } = "";
}
