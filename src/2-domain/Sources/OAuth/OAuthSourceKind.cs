using Microsoft.AspNetCore.Http;
using Postern.Applications.Mappings;
using Postern.Brands;
using Postern.Sources.Providers;
using Postern.Storage.Kinds;

namespace Postern.Sources.OAuth;

/// <summary>The declaration of OAuth sources.</summary>
public static class OAuthSourceKind
{
    const string Addresses = "Addresses of the provider";

    public static readonly ModelKind<OAuthSource> Kind = SourceKind.Declare<OAuthSource>("authentik_sources_oauth.oauthsource", "oauth", "ak-source-oauth-form", "OAuth Source", static k =>
    {
        k.Describe("Signs people in with an account at a provider of OAuth 2.0 or OpenID Connect.");
        k.Choice("group_matching_mode", s => s.GroupMatchingMode);
        k.Text("provider_type", s => s.ProviderType).Required().Choices(ProviderTypes.Names).Rule(RefuseType).ValueAliases(("azuread", "entraid"));
        k.NullableText("request_token_url", s => s.RequestTokenUrl).Rule(RefuseAddress).Section(Addresses);
        k.NullableText("authorization_url", s => s.AuthorizationUrl).Rule(RefuseAddress).Section(Addresses).Help("Where people are sent to sign in; else as the provider's document or its type says.");
        k.NullableText("access_token_url", s => s.AccessTokenUrl).Rule(RefuseAddress).Section(Addresses);
        k.NullableText("profile_url", s => s.ProfileUrl).Rule(RefuseAddress).Section(Addresses).Help("Where the provider tells who somebody is.");
        k.Choice("pkce", s => s.Pkce).Label("PKCE").Help("S256 unless the provider cannot take it.");
        k.Text("consumer_key", s => s.ConsumerKey).Required().Label("Client ID");
        k.Secret("consumer_secret", s => s.ConsumerSecret).Required().Label("Client secret");
        k.Computed("callback_url", CallbackAsync);
        k.Text("additional_scopes", s => s.AdditionalScopes).Help("Separated by spaces, beside those of the provider's type. With a star before the first they stand in their place.");
        k.Computed("type", s => s.Type.ToJson());
        k.Text("oidc_well_known_url", s => s.OidcWellKnownUrl).Rule(RefuseAddress).Label("OpenID configuration URL").Help("The provider's own description, which ends in /.well-known/openid-configuration. Addresses that are not given here are taken from it.");
        k.Text("oidc_jwks_url", s => s.OidcJwksUrl).Rule(RefuseAddress).Section(Addresses).Label("JWKS URL");
        k.Json("oidc_jwks", s => s.OidcJwks).Section(Addresses).Label("JWKS").Help("The provider's keys as a JSON Web Key Set, in place of those at the address.");
        k.Choice("authorization_code_auth_method", s => s.AuthorizationCodeAuthMethod).Section(Addresses).Help("How the client secret is sent.");
        k.Filters("provider_type", "consumer_key", "additional_scopes", "authorization_url", "access_token_url", "profile_url", "request_token_url", "group_matching_mode");
        k.Validate(Check);
    });

    /// <summary>The mappings of what such a source tells of people.</summary>
    public static readonly ModelKind<OAuthMapping> Mapping = PropertyMappingKind.Declare<OAuthMapping>(
        "authentik_sources_oauth.oauthsourcepropertymapping", "source/oauth", "ak-property-mapping-source-oauth-form", "OAuth Source Property Mapping",
        static k => k.Describe("Takes over what an OAuth source tells of people into their accounts."));

    static ValueTask<Func<OAuthSource, object?>> CallbackAsync(IReadOnlyList<OAuthSource> page, LoadContext context) => CallbacksAsync(context);

    static async ValueTask<Func<OAuthSource, object?>> CallbacksAsync(LoadContext context)
    {
        var root = await context.Get<Links>().BaseAsync(context.Get<IHttpContextAccessor>().HttpContext?.Request, context.Cancellation);
        return source => $"{root}{source.CallbackPath}";
    }

    static void Check(OAuthSource source, SaveContext context)
    {
        if (source.OidcWellKnownUrl.Length > 0)
            return;
        Require("authorization_url", source.AuthorizationUrl, source.Type.AuthorizationUrl);
        Require("access_token_url", source.AccessTokenUrl, source.Type.AccessTokenUrl);
        if (source.OidcJwksUrl.Length == 0 && source.OidcJwks.Count == 0)
            Require("profile_url", source.ProfileUrl, source.Type.ProfileUrl);

        void Require(string field, string? given, string? known)
        {
            if (string.IsNullOrEmpty(given) && known is null && (source.Type.WellKnownUrl is null || source.Type.UrlsCustomizable))
                context.Errors.Add(field, "Give this address, or that of the provider's own description (oidc_well_known_url).");
        }
    }

    static string? RefuseType(string given) => ProviderTypes.Find(given) is null ? $"\"{given}\" is not a valid choice." : null;

    static string? RefuseAddress(string given) =>
        given.Length == 0 || (Uri.TryCreate(given, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https") ? null : "Enter a valid URL.";
}

/// <summary>An expression over what a source tells of somebody (<c>info</c>, <c>token</c>).</summary>
public sealed class OAuthMapping : PropertyMapping;
