using System.Text.Json.Nodes;

namespace Postern.Sources.Providers;

/// <summary>What is known of a provider beforehand: where it is, and how it says who somebody is.</summary>
public sealed record ProviderType(string Name, string Label)
{
    public string? AuthorizationUrl { get; init; }

    public string? AccessTokenUrl { get; init; }

    public string? ProfileUrl { get; init; }

    public string? WellKnownUrl { get; init; }

    public string? JwksUrl { get; init; }

    /// <summary>The addresses differ by installation, or may.</summary>
    public bool UrlsCustomizable { get; init; }

    /// <summary>It speaks OpenID Connect: who somebody is, is in a signed token.</summary>
    public bool IsOpenId { get; init; }

    public string Scopes { get; init; } = "openid email profile";

    /// <summary>Further parameters of the authorization request.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where in the profile its name for somebody is that never changes: members joined by dots. The same with those below.</summary>
    public string Id { get; init; } = "sub";

    /// <summary>The first of them that is there.</summary>
    public IReadOnlyList<string> Username { get; init; } = ["preferred_username", "nickname"];

    public IReadOnlyList<string> FullName { get; init; } = ["name"];

    public IReadOnlyList<string> Email { get; init; } = ["email"];

    /// <summary>Whether the provider has checked that the address is theirs.</summary>
    public IReadOnlyList<string> EmailVerified { get; init; } = ["email_verified"];

    /// <summary>What it means that the provider does not say so.</summary>
    public bool IsVerifiedUnlessDenied { get; init; } = true;

    /// <summary>Where addresses are listed that the profile may keep to itself.</summary>
    public string? EmailsUrl { get; init; }

    public JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["verbose_name"] = Label,
        ["urls_customizable"] = UrlsCustomizable,
        ["request_token_url"] = null,
        ["authorization_url"] = AuthorizationUrl,
        ["access_token_url"] = AccessTokenUrl,
        ["profile_url"] = ProfileUrl,
        ["oidc_well_known_url"] = WellKnownUrl,
        ["oidc_jwks_url"] = JwksUrl,
    };
}
