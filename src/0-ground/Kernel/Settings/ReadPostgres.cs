namespace Postern.Kernel.Settings;

/// <summary>Reads <c>POSTGRESQL__*</c>.</summary>
internal static class ReadPostgres
{
    static readonly string[] sslModes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

    /// <summary>Null when no server is named at all: then the built-in database is used.</summary>
    public static PostgresSettings? From(SettingReader reader)
    {
        var url = reader.Hidden("POSTGRESQL__URL");
        string? host = reader.Text("POSTGRESQL__HOST"), name = reader.Text("POSTGRESQL__NAME"), user = reader.Text("POSTGRESQL__USER");
        var age = reader.Number("POSTGRESQL__CONN_MAX_AGE", 0, 0, int.MaxValue);
        var single = new PostgresSettings
        {
            Host = host ?? PostgresSettings.DefaultHost,
            Port = reader.Number("POSTGRESQL__PORT", PostgresSettings.DefaultPort, 1, 65535),
            Name = name ?? PostgresSettings.DefaultName,
            User = user ?? PostgresSettings.DefaultName,
            Password = reader.Secret("POSTGRESQL__PASSWORD"),
            SslMode = reader.OneOf("POSTGRESQL__SSLMODE", sslModes),
            SslRootCertificate = reader.Text("POSTGRESQL__SSLROOTCERT"),
            SslCertificate = reader.Text("POSTGRESQL__SSLCERT"),
            SslKey = reader.Text("POSTGRESQL__SSLKEY"),
            Schema = reader.Text("POSTGRESQL__DEFAULT_SCHEMA", "public"),
            IdleLifetime = age > 0 ? TimeSpan.FromSeconds(age) : null,
        };
        if (url is null)
            return host is null && name is null && user is null && single.Password is null ? null : single;

        var whole = PostgresUrl.Apply(url, single);
        if (whole is null || (whole.SslMode is { } mode && !sslModes.Contains(mode, StringComparer.Ordinal)))
            reader.Refuse("POSTGRESQL__URL", PostgresUrl.Shape);
        return whole;
    }
}
