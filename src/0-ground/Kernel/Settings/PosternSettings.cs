using System.Diagnostics.CodeAnalysis;
using System.Net;
using Postern.Kernel.Access;

namespace Postern.Kernel.Settings;

/// <summary>What the environment says about this process. Names and defaults: docs/guide/configuration.md.</summary>
public sealed record PosternSettings : HostSettings
{
    [SetsRequiredMembers]
    public PosternSettings(HostSettings host)
        : base(host)
    {
    }

    /// <summary><c>LISTEN__METRICS</c>.</summary>
    public IReadOnlyList<IPEndPoint> ListenMetrics { get; init; } = [];

    /// <summary><c>BOOTSTRAP_*</c>, honoured on the first start.</summary>
    public BootstrapSettings Bootstrap { get; init; } = new(null, null, null, null);

    /// <summary><c>BLUEPRINTS_DIR</c>: a folder of further blueprints to apply.</summary>
    public string? BlueprintsDirectory { get; init; }

    /// <summary><c>BLUEPRINTS__VARIABLES</c>: further environment variables that blueprints of the installation may read, with <c>*</c> as wildcard.</summary>
    public IReadOnlyList<string> BlueprintVariables { get; init; } = [];

    /// <summary><c>BLUEPRINTS__FILE_FOLDERS</c>: folders whose files blueprints of the installation may read.</summary>
    public IReadOnlyList<string> BlueprintFileFolders { get; init; } = [];

    /// <summary><c>BLUEPRINTS__MAX_BYTES</c>: size of the largest blueprint.</summary>
    public int BlueprintMaxBytes { get; init; }

    /// <summary>Any environment variable of this process by name, for blueprints; what they may ask for is decided there.</summary>
    public Func<string, string?> Variable { get; init; } = _ => null;

    /// <summary><c>EXPRESSIONS__*</c>: bounds of expressions.</summary>
    public ExpressionSettings Expressions { get; init; } = ExpressionSettings.Standard;

    /// <summary><c>COOKIE_DOMAIN</c>.</summary>
    public string? CookieDomain { get; init; }

    /// <summary><c>SESSIONS__UNAUTHENTICATED_AGE</c>: how long a session nobody signed in to is kept.</summary>
    public TimeSpan UnauthenticatedSessionAge { get; init; }

    /// <summary><c>EVENTS__CONTEXT_PROCESSORS__GEOIP</c>: an MMDB file that knows the cities of addresses; null for none.</summary>
    public string? PlaceDatabase { get; init; }

    /// <summary><c>EVENTS__CONTEXT_PROCESSORS__ASN</c>: an MMDB file that knows the networks of addresses; null for none.</summary>
    public string? NetworkDatabase { get; init; }

    /// <summary><c>PASSWORD_ITERATIONS</c>: how many times a password is hashed; older hashes are raised at the next sign-in.</summary>
    public int PasswordIterations { get; init; }

    /// <summary><c>ENTERPRISE__PORTAL_URL</c>: where licences are bought; null for nowhere.</summary>
    public Uri? PortalUrl { get; init; }

    /// <summary><c>ENTERPRISE__GATED</c>: features that need a licence here; none unless said.</summary>
    public IReadOnlyList<LicensedFeature> GatedFeatures { get; init; } = [];

    /// <summary><c>DISABLE_UPDATE_CHECK</c>.</summary>
    public bool DisableUpdateCheck { get; init; }
}
