using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Postern.Sources.Providers;

namespace Postern.Sources.OAuth;

/// <summary>A provider of OAuth 2.0 or OpenID Connect, whose client this installation is.</summary>
public sealed class OAuthSource : Source
{
    /// <summary>Name of a <see cref="Providers.ProviderType"/>.</summary>
    public string ProviderType { get; set; } = ProviderTypes.OpenIdConnect;

    /// <summary>Of OAuth 1.0, which is not spoken; kept for clients that know it.</summary>
    public string? RequestTokenUrl { get; set; }

    public string? AuthorizationUrl { get; set; }

    public string? AccessTokenUrl { get; set; }

    public string? ProfileUrl { get; set; }

    public PkceMethod Pkce { get; set; } = PkceMethod.S256;

    /// <summary>The client's name at the provider.</summary>
    public string ConsumerKey { get; set; } = "";

    public string ConsumerSecret { get; set; } = "";

    /// <summary>Scopes beside those of the type, separated by spaces; with a star before them, in their place.</summary>
    public string AdditionalScopes { get; set; } = "";

    /// <summary>Where the provider describes itself (OpenID Connect Discovery 1.0 section 4).</summary>
    public string OidcWellKnownUrl { get; set; } = "";

    public string OidcJwksUrl { get; set; } = "";

    /// <summary>The provider's keys themselves; they stand in for those of the address.</summary>
    public JsonObject OidcJwks { get; set; } = [];

    public ClientAuthentication AuthorizationCodeAuthMethod { get; set; } = ClientAuthentication.BasicAuth;

    public GroupMatchingMode GroupMatchingMode { get; set; } = GroupMatchingMode.Identifier;

    public ProviderType Type => ProviderTypes.Find(ProviderType) ?? ProviderTypes.All[0];

    public string CallbackPath => $"/source/oauth/callback/{Slug}/";

    public override string LoginPath => $"/source/oauth/login/{Slug}/";

    public override string SettingsComponent => "ak-user-settings-source-oauth";
}

/// <summary>How a code is tied to who asked for it (RFC 7636).</summary>
public enum PkceMethod
{
    None,
    Plain,
    [JsonStringEnumMemberName("S256")]
    S256,
}

/// <summary>How the client proves itself at the token endpoint (RFC 6749 section 2.3.1).</summary>
public enum ClientAuthentication
{
    BasicAuth,
    PostBody,
}
