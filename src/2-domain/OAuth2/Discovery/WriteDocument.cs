using System.Text.Json.Nodes;
using Postern.OAuth2.Clients;
using Postern.OAuth2.Tokens;

namespace Postern.OAuth2.Discovery;

/// <summary>The discovery document of a client's issuer (OpenID Connect Discovery section 3, RFC 8414 section 2).</summary>
static class WriteDocument
{
    static readonly string[] Standard = ["sub", "iss", "aud", "exp", "iat", "auth_time", "acr", "amr", "nonce"];

    public static JsonObject Of(Client client, string root, IReadOnlyList<string> claims)
    {
        var slug = $"{root}/application/o/{client.Application!.Slug}/";
        var document = new JsonObject
        {
            ["issuer"] = Issuer.Of(client, root),
            ["authorization_endpoint"] = $"{root}/application/o/authorize/",
            ["token_endpoint"] = $"{root}/application/o/token/",
            ["userinfo_endpoint"] = $"{root}/application/o/userinfo/",
            ["end_session_endpoint"] = $"{slug}end-session/",
            ["introspection_endpoint"] = $"{root}/application/o/introspect/",
            ["revocation_endpoint"] = $"{root}/application/o/revoke/",
            ["device_authorization_endpoint"] = $"{root}/application/o/device/",
            ["pushed_authorization_request_endpoint"] = $"{root}/application/o/par/",
            ["backchannel_logout_supported"] = true,
            ["backchannel_logout_session_supported"] = true,
            ["frontchannel_logout_supported"] = true,
            ["frontchannel_logout_session_supported"] = true,
            ["response_types_supported"] = List(ResponseTypes(client)),
            ["response_modes_supported"] = List(["query", "fragment", "form_post"]),
            ["jwks_uri"] = $"{slug}jwks/",
            ["grant_types_supported"] = List(client.Provider.GrantTypes.Where(g => g is not ("hybrid" or "urn:ietf:params:oauth:grant-type:token-exchange"))),
            ["id_token_signing_alg_values_supported"] = List([client.Key.Algorithm]),
            ["subject_types_supported"] = List(["public"]),
            ["token_endpoint_auth_methods_supported"] = List(Methods(client)),
            ["token_endpoint_auth_signing_alg_values_supported"] = List(["ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512"]),
            ["dpop_signing_alg_values_supported"] = List(["ES256", "ES384", "ES512", "RS256", "PS256"]),
            ["acr_values_supported"] = List([MakeTokens.Acr]),
            ["scopes_supported"] = List(client.ScopeNames.Order(StringComparer.Ordinal)),
            ["request_parameter_supported"] = false,
            ["request_uri_parameter_supported"] = false,
            ["claims_supported"] = List(Standard.Concat(claims).Distinct(StringComparer.Ordinal)),
            ["claims_parameter_supported"] = true,
            ["code_challenge_methods_supported"] = List(client.Provider.AllowPlainPkce ? ["S256", "plain"] : ["S256"]),
            ["authorization_response_iss_parameter_supported"] = true,
            ["require_pushed_authorization_requests"] = client.Provider.RequirePushedRequests,
        };
        if (client.Encryption is not null)
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

    static JsonArray List(IEnumerable<string> values) => new([.. values.Select(v => (JsonNode)v)]);
}
