using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Kernel.Values;
using Postern.OAuth2.Clients;

namespace Postern.OAuth2.Registration;

/// <summary>What a program says of itself (RFC 7591 section 2), as far as it is heeded.</summary>
sealed record ClientMetadata(string Name, IReadOnlyList<string> RedirectUris, IReadOnlyList<string> GrantTypes, string AuthMethod)
{
    const int MostRedirects = 20;

    public bool IsPublic => AuthMethod is "none";

    public IReadOnlyList<string> ResponseTypes => GrantTypes.Contains("authorization_code", StringComparer.Ordinal) ? ["code"] : [];

    /// <summary>Reads and checks metadata; else an error of section 3.2.2.</summary>
    public static (ClientMetadata? Metadata, string Error, string Description) Read(JsonElement body, IReadOnlyCollection<string> allowed)
    {
        if (body.ValueKind is not JsonValueKind.Object || JsonNode.Parse(body.GetRawText()) is not JsonObject json)
            return Bad("A JSON object is expected");
        if (!Text(json, "client_name", $"Application {RandomText.Alphanumeric(8)}", out var name) || name.Length > 100 || name.Any(char.IsControl))
            return Bad("client_name is not a name of at most 100 characters");
        if (!List(json, "grant_types", ["authorization_code"], out var grants) || grants.Count == 0 || !grants.TrueForAll(allowed.Contains))
            return Bad($"grant_types may hold {string.Join(", ", allowed)}");
        if (!Text(json, "token_endpoint_auth_method", "client_secret_basic", out var method))
            return Bad("token_endpoint_auth_method is not a text");
        // What is not offered falls back to the usual one, of which the answer tells (section 2).
        method = method is "none" or "client_secret_post" ? method : "client_secret_basic";
        if (method is "none" && grants.Contains("client_credentials", StringComparer.Ordinal))
            return Bad("A client without a secret cannot use client_credentials");
        if (!List(json, "response_types", ["code"], out var types) || !types.TrueForAll(t => t is "code"))
            return Bad("response_types may hold code");
        if (!List(json, "redirect_uris", [], out var redirects) || redirects.Count > MostRedirects)
            return (null, "invalid_redirect_uri", $"redirect_uris is not a list of at most {MostRedirects} addresses");
        if (redirects.Find(r => !IsAllowed(r)) is { } wrong)
            return (null, "invalid_redirect_uri", $"{(wrong.Length <= 200 ? wrong : "An address")} is not an https address, an address of this machine or an application's own scheme");
        return redirects.Count == 0 && grants.Contains("authorization_code", StringComparer.Ordinal)
            ? (null, "invalid_redirect_uri", "redirect_uris is missing")
            : (new(name, redirects, grants, method), "", "");
    }

    /// <summary>RFC 8252 sections 7 and 8.4: https, a loopback address, or a scheme of the program's own, which holds a dot.</summary>
    static bool IsAllowed(string redirect)
    {
        if (!RedirectUri.IsSafe(redirect) || !Uri.TryCreate(redirect, UriKind.Absolute, out var uri))
            return false;
        return uri.Scheme switch
        {
            "https" => uri.UserInfo.Length == 0,
            "http" => uri.UserInfo.Length == 0 && uri.Host is "127.0.0.1" or "[::1]" or "localhost",
            var own => own.Contains('.', StringComparison.Ordinal),
        };
    }

    static (ClientMetadata?, string, string) Bad(string description) => (null, "invalid_client_metadata", description);

    static bool Text(JsonObject json, string name, string usual, out string text)
    {
        text = usual;
        return json[name] is null || (json[name] is JsonValue value && value.TryGetValue(out text!) && text.Length > 0 && !text.Contains('\0', StringComparison.Ordinal));
    }

    static bool List(JsonObject json, string name, List<string> usual, out List<string> texts)
    {
        texts = usual;
        if (json[name] is null)
            return true;
        if (json[name] is not JsonArray list || !list.All(i => i is JsonValue value && value.TryGetValue<string>(out _)))
            return false;
        texts = [.. list.Select(i => i!.GetValue<string>()).Distinct(StringComparer.Ordinal)];
        return true;
    }
}
