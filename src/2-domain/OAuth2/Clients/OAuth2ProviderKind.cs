using Postern.Applications.Providers;
using Postern.Storage.Kinds;
using Postern.Storage.Opening;

namespace Postern.OAuth2.Clients;

/// <summary>The declaration of OAuth2 providers.</summary>
public static class OAuth2ProviderKind
{
    const string KeyPair = "authentik_crypto.certificatekeypair";

    public static readonly ModelKind<OAuth2Provider> Kind = ProviderKind.Declare<OAuth2Provider>(
        "authentik_providers_oauth2.oauth2provider", "oauth2", "ak-provider-oauth2-form", "OAuth2/OpenID Provider", static k =>
        {
            k.Describe("Signs people in over OAuth2 and OpenID Connect.");
            k.Permissions(("preview_user", "Preview the claims of other users"));
            k.Choice("client_type", p => p.ClientType).Help("Confidential clients keep a secret on a server; public ones run in browsers and on phones.");
            k.ChoiceList<GrantType>("grant_types", p => p.GrantTypes, notEmpty: true).Help("What the application may do. Implicit and hybrid are for old applications only.");
            k.Text("client_id", p => p.ClientId).NotBlank().MaxLength(255);
            k.Secret("client_secret", p => p.ClientSecret).MaxLength(255).ShownToChangers(static (p, context) => OpenSecret(p, context.Get<SecretSeal>()));
            k.AnyJson("redirect_uris", p => p.RedirectUris).RequiredMayBeBlank().Label("Redirect URIs")
                .Rows(new("url", "Address"), new("matching_mode", "Match", "strict", "regex"), new("redirect_uri_type", "Used for", "authorization", "logout"))
                .Help("Addresses that people are sent back to after signing in (authorization) and signing out (logout). Strict: the same to the letter.");
            k.Text("logout_uri", p => p.LogoutUri).Rule(RefuseAddress).Help("Address that hears of sign-outs.");
            k.Choice("logout_method", p => p.LogoutMethod);
            k.Boolean("include_claims_in_id_token", p => p.IncludeClaimsInIdToken).Help("Put what the scopes tell about the person into the ID token too.");
            k.Duration("access_code_validity", p => p.AccessCodeValidity);
            k.Duration("access_token_validity", p => p.AccessTokenValidity);
            k.Duration("refresh_token_validity", p => p.RefreshTokenValidity);
            k.Duration("refresh_token_threshold", p => p.RefreshTokenThreshold).Help("Refresh tokens with more time left are kept. Zero replaces them at each use.");
            k.Choice("sub_mode", p => p.SubMode).Label("Subject mode").Help("By what the application knows people.");
            k.Choice("issuer_mode", p => p.IssuerMode);
            k.Reference("signing_key", p => p.SigningKey, KeyPair).Help("Signs tokens. Left empty, the client secret does.");
            k.References("retired_signing_keys", p => p.RetiredSigningKeys, KeyPair).ReadOnly().Help("Keys used before, which stay published.");
            k.Reference("encryption_key", p => p.EncryptionKey, KeyPair).Help("An RSA certificate of the application's, for which tokens are encrypted.");
            k.TextList("jwt_federation_sources", p => p.JwtFederationSources);
            k.IntegerList("jwt_federation_providers", p => p.JwtFederationProviders);
            k.AnyJson("jwks", p => p.Jwks).Label("Keys of the application").Help("A JSON Web Key Set with public keys, for applications that sign instead of sending a secret.");
            k.Boolean("require_pkce", p => p.RequirePkce).Label("Require PKCE").Help("Public clients always need it.");
            k.Boolean("allow_plain_pkce", p => p.AllowPlainPkce).Label("Allow plain PKCE").Help("Accept code challenges that are not hashed. For old applications only.");
            k.Boolean("require_pushed_requests", p => p.RequirePushedRequests).Label("Require pushed requests");
            k.Filters("client_type", "client_id", "logout_uri", "include_claims_in_id_token", "sub_mode", "issuer_mode", "signing_key", "access_code_validity", "access_token_validity", "refresh_token_validity");
            k.Validate(CheckProvider.CheckAsync);
        });

    static string OpenSecret(OAuth2Provider provider, SecretSeal seal) => seal.Open(provider.ClientSecret, OAuth2Provider.SecretPurpose)?.Reveal ?? "";

    static string? RefuseAddress(string given) =>
        given.Length == 0 || (Uri.TryCreate(given, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https") ? null : "Enter a valid URL.";
}
