using Npgsql;
using Postern.Kernel.Settings;

namespace Postern.Storage.Opening;

/// <summary>Turns the settings of a database server into the driver's connection string.</summary>
internal static class ConnectionText
{
    public static string Of(PostgresSettings settings)
    {
        var text = new NpgsqlConnectionStringBuilder
        {
            Host = settings.Host,
            Port = settings.Port,
            Database = settings.Name,
            Username = settings.User,
            Password = settings.Password?.Reveal,
            SearchPath = settings.Schema,
            RootCertificate = settings.SslRootCertificate,
            SslCertificate = settings.SslCertificate,
            SslKey = settings.SslKey,
        };
        if (settings.SslMode is { } mode)
            text.SslMode = Mode(mode);
        if (settings.IdleLifetime is { } lifetime)
            text.ConnectionIdleLifetime = (int)lifetime.TotalSeconds;
        return text.ConnectionString;
    }

    static SslMode Mode(string name) => name switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "The settings let through an unknown mode."),
    };
}
