using System.Net;
using Postern.Kernel.Values;

namespace Postern.Kernel.Settings;

/// <summary>What every program of ours needs to know of its place: folder, database, addresses, mail. Names carry the program's own prefix.</summary>
public record HostSettings
{
    /// <summary><c>DATA</c>: the folder of everything this instance keeps outside a database server.</summary>
    public required string DataRoot { get; init; }

    /// <summary><c>POSTGRES_BIN</c>: the PostgreSQL to run when the database is the built-in one; searched for when null.</summary>
    public string? PostgresBinaries { get; init; }

    /// <summary><c>POSTGRESQL__*</c>: the database server to use; null means the built-in one.</summary>
    public PostgresSettings? Postgres { get; init; }

    /// <summary><c>LISTEN__HTTP</c>.</summary>
    public required IReadOnlyList<IPEndPoint> ListenHttp { get; init; }

    /// <summary><c>LISTEN__TRUSTED_PROXY_CIDRS</c>: whose forwarding headers are believed.</summary>
    public required IReadOnlyList<IPNetwork> TrustedProxies { get; init; }

    /// <summary><c>LISTEN__HTTPS</c>.</summary>
    public IReadOnlyList<IPEndPoint> ListenHttps { get; init; } = [];

    /// <summary><c>TLS__*</c>; null for a certificate of the server's own making.</summary>
    public TlsSettings? Tls { get; init; }

    /// <summary><c>TRUSTED_HOSTS</c>: the only names requests may come under, <c>*.example.org</c> for those below one; none for any.</summary>
    public IReadOnlyList<string> TrustedHosts { get; init; } = [];

    /// <summary><c>LIMITS__*</c>.</summary>
    public required LimitSettings Limits { get; init; }

    /// <summary><c>BASE_URL</c> (or <c>WEB__BASE_URL</c>): the address people use, from which links are built; null takes it from requests.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary><c>SECRET_KEY</c>; null means the key kept in the data folder.</summary>
    public Secret? SecretKey { get; init; }

    /// <summary><c>SECRET_KEY_PREVIOUS</c>: keys used before, which still open what they sealed.</summary>
    public IReadOnlyList<Secret> PreviousSecretKeys { get; init; } = [];

    /// <summary><c>EMAIL__*</c>.</summary>
    public required EmailSettings Email { get; init; }

    /// <summary><c>LOG_LEVEL</c>.</summary>
    public LogThreshold LogLevel { get; init; }

    /// <summary>Sentences for the start-up log: names without effect, unknown names of the reference.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
