using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Postern.Applications.Providers;
using Postern.Kernel.Values;

namespace Postern.OAuth2.Clients;

/// <summary>How an application signs people in over OAuth2 and OpenID Connect: the client, in the words of RFC 6749.</summary>
public sealed class OAuth2Provider : Provider
{
    /// <summary>What client secrets are sealed for.</summary>
    internal const string SecretPurpose = "authentik_providers_oauth2.client_secret";

    public ClientType ClientType { get; set; } = ClientType.Confidential;

    public string ClientId { get; set; } = RandomText.Alphanumeric(40);

    /// <summary>Sealed once it is stored; empty for clients that prove themselves by other means.</summary>
    public string ClientSecret { get; set; } = RandomText.Alphanumeric(128);

    /// <summary>Objects of <c>matching_mode</c>, <c>url</c> and <c>redirect_uri_type</c>.</summary>
    public JsonNode? RedirectUris { get; set; } = new JsonArray();

    public List<string> GrantTypes { get; set; } =
        ["authorization_code", "refresh_token", "client_credentials", "urn:ietf:params:oauth:grant-type:device_code"];

    /// <summary>Where the application hears of sign-outs.</summary>
    public string LogoutUri { get; set; } = "";

    public LogoutMethod LogoutMethod { get; set; } = LogoutMethod.Backchannel;

    public bool IncludeClaimsInIdToken { get; set; } = true;

    public string AccessCodeValidity { get; set; } = "minutes=1";

    public string AccessTokenValidity { get; set; } = "hours=1";

    public string RefreshTokenValidity { get; set; } = "days=30";

    /// <summary>A refresh token with more time than this left is kept instead of replaced; zero always replaces.</summary>
    public string RefreshTokenThreshold { get; set; } = "seconds=0";

    public SubMode SubMode { get; set; } = SubMode.HashedUserId;

    public IssuerMode IssuerMode { get; set; } = IssuerMode.PerProvider;

    /// <summary>Signs tokens; without one they are signed with the client secret.</summary>
    public Guid? SigningKey { get; set; }

    /// <summary>Keys that signed before, newest first; they stay published so that tokens in use can still be verified.</summary>
    public List<Guid> RetiredSigningKeys { get; set; } = [];

    /// <summary>An RSA certificate of the application's; tokens are encrypted for it.</summary>
    public Guid? EncryptionKey { get; set; }

    public List<string> JwtFederationSources { get; set; } = [];

    public List<int> JwtFederationProviders { get; set; } = [];

    /// <summary>Public keys of the application as a JSON Web Key Set, for <c>private_key_jwt</c> (RFC 7523).</summary>
    public JsonNode? Jwks { get; set; }

    /// <summary>Authorization requests must carry a code challenge; those of public clients always must (RFC 9700 section 2.1.1).</summary>
    public bool RequirePkce { get; set; }

    public bool AllowPlainPkce { get; set; }

    /// <summary>Authorization requests must be pushed first (RFC 9126).</summary>
    public bool RequirePushedRequests { get; set; }

    public override string? LaunchUrl => RedirectUri.ListOf(RedirectUris).FirstOrDefault(r => r is { IsRegex: false, IsLogout: false })?.Origin;
}

/// <summary>Whether a client can keep a secret (RFC 6749 section 2.1).</summary>
public enum ClientType
{
    Confidential,
    Public,
}

/// <summary>How an application hears that somebody signed out.</summary>
public enum LogoutMethod
{
    Backchannel,
    Frontchannel,
}

/// <summary>By what an application knows people.</summary>
public enum SubMode
{
    HashedUserId,
    UserId,
    UserUuid,
    UserUsername,
    UserEmail,
    UserUpn,
}

/// <summary>Whether each application sees an issuer of its own.</summary>
public enum IssuerMode
{
    Global,
    PerProvider,
}

/// <summary>What a client may do at the token endpoint, and which responses it may ask for.</summary>
public enum GrantType
{
    AuthorizationCode,
    Implicit,
    Hybrid,
    RefreshToken,
    ClientCredentials,
    Password,
    [JsonStringEnumMemberName("urn:ietf:params:oauth:grant-type:device_code")]
    DeviceCode,
    [JsonStringEnumMemberName("urn:ietf:params:oauth:grant-type:token-exchange")]
    TokenExchange,
}
