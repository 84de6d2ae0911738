using System.Text.Json.Nodes;
using Postern.Jose;
using Postern.OAuth2.Clients;
using Postern.OAuth2.Tokens;

namespace Postern.OAuth2.Discovery;

/// <summary>The discovery document of an issuer (OpenID Connect Discovery section 3, RFC 8414 section 2): of one client, or of all that share the installation's.</summary>
static class WriteDocument
{
    static readonly string[] Standard = ["sub", "iss", "aud", "exp", "iat", "auth_time", "acr", "amr", "nonce"];
    static readonly string[] Assertions = ["ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", .. Ed25519Key.IsSupported ? new[] { "EdDSA" } : []];

    public static JsonObject Of(Client client, string root, IEnumerable<string> claims)
    {
        var slug = $"{root}/application/o/{client.Application!.Slug}/";
        var document = Of([client], Issuer.Of(client, root), root, $"{slug}end-session/", $"{slug}jwks/", claims);
        if (client.Registration is not null)
            document["registration_endpoint"] = $"{slug}register/";
        return document;
    }

    /// <summary>The document of the issuer that clients with <c>issuer_mode</c> global share.</summary>
    public static JsonObject OfAll(IReadOnlyList<Client> clients, string root, IEnumerable<string> claims) =>
        Of(clients, $"{root}/", root, $"{root}{DiscoveryApi.SharedEndSession}", $"{root}{DiscoveryApi.SharedKeys}", claims);

    static JsonObject Of(IReadOnlyList<Client> clients, string issuer, string root, string endSession, string keys, IEnumerable<string> claims)
    {
        var document = new JsonObject
        {
            ["issuer"] = issuer,
            ["authorization_endpoint"] = $"{root}/application/o/authorize/",
            ["token_endpoint"] = $"{root}/application/o/token/",
            ["userinfo_endpoint"] = $"{root}/application/o/userinfo/",
            ["end_session_endpoint"] = endSession,
            ["introspection_endpoint"] = $"{root}/application/o/introspect/",
            ["revocation_endpoint"] = $"{root}/application/o/revoke/",
            ["device_authorization_endpoint"] = $"{root}/application/o/device/",
            ["pushed_authorization_request_endpoint"] = $"{root}/application/o/par/",
            ["backchannel_logout_supported"] = true,
            ["backchannel_logout_session_supported"] = true,
            ["frontchannel_logout_supported"] = true,
            ["frontchannel_logout_session_supported"] = true,
            ["response_types_supported"] = List(clients.SelectMany(ResponseTypes)),
            ["response_modes_supported"] = List(["query", "fragment", "form_post"]),
            ["jwks_uri"] = keys,
            ["grant_types_supported"] = List(clients.SelectMany(c => c.Provider.GrantTypes).Where(g => g is not "hybrid")),
            ["id_token_signing_alg_values_supported"] = List(clients.Select(c => c.Key.Algorithm)),
            ["subject_types_supported"] = List(["public"]),
            ["token_endpoint_auth_methods_supported"] = List(clients.SelectMany(Methods)),
            ["token_endpoint_auth_signing_alg_values_supported"] = List(Assertions),
            ["dpop_signing_alg_values_supported"] = List(["ES256", "ES384", "ES512", "RS256", "PS256"]),
            ["acr_values_supported"] = List([MakeTokens.Acr]),
            ["scopes_supported"] = List(clients.SelectMany(c => c.ScopeNames).Order(StringComparer.Ordinal)),
            ["request_parameter_supported"] = false,
            ["request_uri_parameter_supported"] = false,
            ["claims_supported"] = List(Standard.Concat(claims)),
            ["claims_parameter_supported"] = true,
            ["code_challenge_methods_supported"] = List(clients.Any(c => c.Provider.AllowPlainPkce) ? ["S256", "plain"] : ["S256"]),
            ["authorization_response_iss_parameter_supported"] = true,
            ["require_pushed_authorization_requests"] = clients.All(c => c.Provider.RequirePushedRequests),
        };
        if (clients.Any(c => c.Encryption is not null))
        {
            document["id_token_encryption_alg_values_supported"] = List(["RSA-OAEP-256"]);
            document["id_token_encryption_enc_values_supported"] = List(["A256CBC-HS512"]);
        }
        return document;
    }

    static IEnumerable<string> ResponseTypes(Client client)
    {
        string[] code = client.May("authorization_code") ? ["code"] : [];
        string[] @implicit = client.May("implicit") ? ["id_token", "id_token token"] : [];
        string[] hybrid = client.May("hybrid") ? ["code token", "code id_token", "code id_token token"] : [];
        return [.. code, .. @implicit, .. hybrid];
    }

    static IEnumerable<string> Methods(Client client) =>
        client.IsPublic ? ["none"] : client.Jwks.Count > 0 ? ["client_secret_basic", "client_secret_post", "private_key_jwt"] : ["client_secret_basic", "client_secret_post"];

    static JsonArray List(IEnumerable<string> values) => new([.. values.Distinct(StringComparer.Ordinal).Select(v => (JsonNode)v)]);
}
