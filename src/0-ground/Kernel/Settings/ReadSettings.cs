using Postern.Kernel.Access;
using Postern.Kernel.Values;

namespace Postern.Kernel.Settings;

/// <summary>Reads the settings from environment variables.</summary>
public static class ReadSettings
{
    /// <summary>
    /// Gives the settings, or an error for each variable that is wrong: a value of the wrong shape, a secret file that cannot be read, a
    /// <c>POSTERN_</c> name that does not exist. <paramref name="readFile"/> gives a file's text or null.
    /// </summary>
    public static Result<PosternSettings> From(IReadOnlyDictionary<string, string> environment, Func<string, string?> readFile) =>
        From(Reader(environment, readFile), environment, readFile);

    /// <summary>Every setting there is, with its value and where it comes from; whether they are right is another question.</summary>
    public static IReadOnlyList<SettingState> States(IReadOnlyDictionary<string, string> environment, Func<string, string?> readFile)
    {
        var reader = Reader(environment, readFile);
        From(reader, environment, readFile);
        return [.. reader.Uses.Select(use => new SettingState(
            use,
            reader.Source.Find(use.Name)?.Variable,
            reader.Text(use.Name) is { } value ? (use.IsSecret ? "***" : value) : use.Otherwise))];
    }

    static SettingReader Reader(IReadOnlyDictionary<string, string> environment, Func<string, string?> readFile) =>
        new(new SettingSource(environment, "POSTERN_", alias: "AUTHENTIK_"), environment, readFile);

    static Result<PosternSettings> From(SettingReader reader, IReadOnlyDictionary<string, string> environment, Func<string, string?> readFile)
    {
        var settings = new PosternSettings(ReadHost.From(reader, "./var", "0.0.0.0:9000", "authentik@localhost"))
        {
            ListenMetrics = reader.Addresses("LISTEN__METRICS", "127.0.0.1:9300"),
            Bootstrap = Bootstrap(reader),
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
            GatedFeatures = reader.ParseText("ENTERPRISE__GATED", $"all, or names separated by commas out of {string.Join(", ", WireEnum<LicensedFeature>.All)}", Features) ?? [],
            PortalUrl = reader.Address("ENTERPRISE__PORTAL_URL"),
            DisableUpdateCheck = reader.Flag("DISABLE_UPDATE_CHECK", otherwise: false),
        };

        var notes = OtherNames.Judge(reader.Source, reader.Asked, reader.Errors);
        return reader.Errors.Any ? new Fault.Invalid(reader.Errors) : settings with { Notes = notes };
    }

    static IReadOnlyList<LicensedFeature>? Features(string text)
    {
        if (text == "all")
            return Enum.GetValues<LicensedFeature>();
        var names = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return names.All(n => WireEnum<LicensedFeature>.TryParse(n, out _)) ? [.. names.Select(WireEnum<LicensedFeature>.Parse)] : null;
    }

    static BootstrapSettings Bootstrap(SettingReader reader)
    {
        var bootstrap = new BootstrapSettings(
            reader.Secret("BOOTSTRAP_PASSWORD"),
            reader.Hidden("BOOTSTRAP_PASSWORD_HASH"),
            reader.Secret("BOOTSTRAP_TOKEN"),
            reader.ParseText("BOOTSTRAP_EMAIL", "an e-mail address", text => EmailAddress.IsValid(text) ? text : null));
        if (bootstrap is { Password: not null, PasswordHash: not null })
            reader.Refuse("BOOTSTRAP_PASSWORD_HASH", "left out where BOOTSTRAP_PASSWORD is given");
        return bootstrap;
    }
}
