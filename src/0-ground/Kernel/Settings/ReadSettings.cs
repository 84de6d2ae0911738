using Postern.Kernel.Values;

namespace Postern.Kernel.Settings;

/// <summary>Reads the settings from environment variables.</summary>
public static class ReadSettings
{
    // Addresses that only a proxy on this machine or in a private network can have.
    const string privateNetworks = "127.0.0.0/8,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fe80::/10,::1/128";

    /// <summary>
    /// Gives the settings, or an error for each variable that is wrong: a value of the wrong shape, a secret file that cannot be read, a
    /// <c>POSTERN_</c> name that does not exist. <paramref name="readFile"/> gives a file's text or null.
    /// </summary>
    public static Result<PosternSettings> From(IReadOnlyDictionary<string, string> environment, Func<string, string?> readFile)
    {
        var reader = new SettingReader(environment, readFile);
        Uri? baseUrl = BaseUrl(reader, "BASE_URL"), webBaseUrl = BaseUrl(reader, "WEB__BASE_URL");
        var settings = new PosternSettings
        {
            DataRoot = reader.Text("DATA") ?? "./var",
            PostgresBinaries = reader.Text("POSTGRES_BIN"),
            Postgres = ReadPostgres.From(reader),
            ListenHttp = reader.Addresses("LISTEN__HTTP", "0.0.0.0:9000"),
            ListenMetrics = reader.Addresses("LISTEN__METRICS", "0.0.0.0:9300"),
            TrustedProxies = reader.Networks("LISTEN__TRUSTED_PROXY_CIDRS", privateNetworks),
            BaseUrl = baseUrl ?? webBaseUrl,
            SecretKey = reader.Secret("SECRET_KEY"),
            Email = Email(reader),
            Bootstrap = Bootstrap(reader),
            LogLevel = reader.OneOf("LOG_LEVEL", LogThreshold.Info),
            BlueprintsDirectory = reader.Text("BLUEPRINTS_DIR"),
            BlueprintVariables = reader.Texts("BLUEPRINTS__VARIABLES"),
            BlueprintFileFolders = reader.Texts("BLUEPRINTS__FILE_FOLDERS"),
            BlueprintMaxBytes = reader.Number("BLUEPRINTS__MAX_BYTES", 1024 * 1024, 1024, 16 * 1024 * 1024),
            Variable = name => environment.TryGetValue(name, out var value) ? SettingIndirection.Resolve(value, environment, readFile).Value : null,
            Expressions = new ExpressionSettings(
                reader.Texts("EXPRESSIONS__ALLOWED_HOSTS"),
                reader.Flag("EXPRESSIONS__ALLOW_PRIVATE_ADDRESSES", otherwise: false),
                reader.Number("EXPRESSIONS__MAX_STEPS", 2_000_000, 1_000, 1_000_000_000),
                reader.Number("EXPRESSIONS__MAX_MILLISECONDS", 200, 1, 60_000),
                reader.Number("EXPRESSIONS__MAX_MEMORY_MB", 16, 1, 1024)),
            CookieDomain = reader.Text("COOKIE_DOMAIN"),
            PlaceDatabase = reader.Text("EVENTS__CONTEXT_PROCESSORS__GEOIP"),
            NetworkDatabase = reader.Text("EVENTS__CONTEXT_PROCESSORS__ASN"),
            UnauthenticatedSessionAge = reader.Duration("SESSIONS__UNAUTHENTICATED_AGE", TimeSpan.FromDays(1)),
            PasswordIterations = reader.Number("PASSWORD_ITERATIONS", 1_000_000, 1, 100_000_000),
            PortalUrl = BaseUrl(reader, "ENTERPRISE__PORTAL_URL"),
            DisableUpdateCheck = reader.Flag("DISABLE_UPDATE_CHECK", otherwise: false),
        };

        var notes = OtherNames.Judge(reader.Source, reader.Asked, reader.Errors);
        return reader.Errors.Any ? new Fault.Invalid(reader.Errors) : settings with { Notes = notes };
    }

    static Uri? BaseUrl(SettingReader reader, string name) => reader.ParseText(name, "an address like https://id.example.org", text =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Query.Length == 0 && uri.Fragment.Length == 0
            ? uri
            : null);

    static EmailSettings Email(SettingReader reader)
    {
        var email = new EmailSettings(
            reader.Text("EMAIL__HOST") ?? "localhost",
            reader.Number("EMAIL__PORT", 25, 1, 65535),
            reader.Text("EMAIL__USERNAME"),
            reader.Secret("EMAIL__PASSWORD"),
            reader.Flag("EMAIL__USE_TLS", otherwise: false),
            reader.Flag("EMAIL__USE_SSL", otherwise: false),
            reader.Seconds("EMAIL__TIMEOUT", 10),
            reader.Text("EMAIL__FROM") ?? "authentik@localhost",
            reader.Text("EMAIL__CA_FILE"),
            reader.Text("EMAIL__TEMPLATE_DIR"));
        if (email is { UseTls: true, UseSsl: true })
            reader.Refuse("EMAIL__USE_SSL", "left out where EMAIL__USE_TLS is given: one is TLS from the first byte, the other STARTTLS");
        return email;
    }

    static BootstrapSettings Bootstrap(SettingReader reader)
    {
        var bootstrap = new BootstrapSettings(
            reader.Secret("BOOTSTRAP_PASSWORD"),
            reader.Text("BOOTSTRAP_PASSWORD_HASH"),
            reader.Secret("BOOTSTRAP_TOKEN"),
            reader.ParseText("BOOTSTRAP_EMAIL", "an e-mail address", text => EmailAddress.IsValid(text) ? text : null));
        if (bootstrap is { Password: not null, PasswordHash: not null })
            reader.Refuse("BOOTSTRAP_PASSWORD_HASH", "left out where BOOTSTRAP_PASSWORD is given");
        return bootstrap;
    }
}
