using Postern.Kernel.Values;

namespace Postern.Kernel.Settings;

/// <summary>Reads what every program of ours has to know.</summary>
public static class ReadHost
{
    // Addresses that only a proxy on this machine or in a private network can have.
    const string privateNetworks = "127.0.0.0/8,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fe80::/10,::1/128";

    /// <summary>Gives the settings; what is wrong with them stands in the reader's errors.</summary>
    /// <param name="data">Folder of data where none is set.</param>
    /// <param name="listen">Addresses to listen on where none are set.</param>
    /// <param name="sender">From whom mails come where nothing is set.</param>
    public static HostSettings From(SettingReader reader, string data, string listen, string sender)
    {
        Uri? baseUrl = reader.Address("BASE_URL"), webBaseUrl = reader.Address("WEB__BASE_URL");
        return new HostSettings
        {
            DataRoot = reader.Text("DATA", data),
            PostgresBinaries = reader.Text("POSTGRES_BIN"),
            Postgres = ReadPostgres.From(reader),
            ListenHttp = reader.Addresses("LISTEN__HTTP", listen),
            TrustedProxies = reader.Networks("LISTEN__TRUSTED_PROXY_CIDRS", privateNetworks),
            ListenHttps = reader.Addresses("LISTEN__HTTPS", ""),
            Tls = TlsSettings.Read(reader),
            TrustedHosts = reader.Texts("TRUSTED_HOSTS"),
            Limits = LimitSettings.Read(reader),
            BaseUrl = baseUrl ?? webBaseUrl,
            SecretKey = reader.Secret("SECRET_KEY"),
            PreviousSecretKeys = reader.Secrets("SECRET_KEY_PREVIOUS"),
            Email = Email(reader, sender),
            LogLevel = reader.OneOf("LOG_LEVEL", LogThreshold.Info),
        };
    }

    static EmailSettings Email(SettingReader reader, string sender)
    {
        var email = new EmailSettings(
            reader.Text("EMAIL__HOST", "localhost"),
            reader.Number("EMAIL__PORT", 25, 1, 65535),
            reader.Text("EMAIL__USERNAME"),
            reader.Secret("EMAIL__PASSWORD"),
            reader.Flag("EMAIL__USE_TLS", otherwise: false),
            reader.Flag("EMAIL__USE_SSL", otherwise: false),
            reader.Seconds("EMAIL__TIMEOUT", 10),
            reader.Text("EMAIL__FROM", sender),
            reader.Text("EMAIL__CA_FILE"),
            reader.Text("EMAIL__TEMPLATE_DIR"));
        if (email is { UseTls: true, UseSsl: true })
            reader.Refuse("EMAIL__USE_SSL", "left out where EMAIL__USE_TLS is given: one is TLS from the first byte, the other STARTTLS");
        return email;
    }
}
