using Postern.Kernel.Values;

namespace Postern.Kernel.Settings;

/// <summary>How to reach a database server; names and defaults are the reference's.</summary>
public sealed record PostgresSettings
{
    public const string DefaultHost = "localhost";
    public const int DefaultPort = 5432;
    public const string DefaultName = "authentik";

    /// <summary>A host name, an address, or the folder of a unix socket (it starts with a slash).</summary>
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>The database.</summary>
    public required string Name { get; init; }

    public required string User { get; init; }

    public Secret? Password { get; init; }

    /// <summary>disable, allow, prefer, require, verify-ca or verify-full, as libpq has them; null leaves it to the driver.</summary>
    public string? SslMode { get; init; }

    public string? SslRootCertificate { get; init; }

    public string? SslCertificate { get; init; }

    public string? SslKey { get; init; }

    public string Schema { get; init; } = "public";

    /// <summary>How long an idle connection is kept; null leaves it to the driver.</summary>
    public TimeSpan? IdleLifetime { get; init; }
}
