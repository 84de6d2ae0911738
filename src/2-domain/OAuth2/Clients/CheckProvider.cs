using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Jose;
using Postern.Kernel.Values;
using Postern.Keys;
using Postern.Storage.Kinds;
using Postern.Storage.Opening;

namespace Postern.OAuth2.Clients;

/// <summary>Rules of a provider: addresses are well-formed, client ids unique, secrets sealed, and a key that signed before stays published.</summary>
static class CheckProvider
{
    const string FirstKeyName = "authentik Self-signed Certificate";
    const int MostRetired = 3;

    static readonly string[] Modes = ["strict", "regex"];
    static readonly string[] Types = ["authorization", "logout"];

    public static async ValueTask CheckAsync(OAuth2Provider provider, SaveContext context)
    {
        CheckRedirects(provider, context);
        if (provider.Jwks is not null && !KeySet.IsValid(provider.Jwks))
            context.Errors.Add("jwks", "Enter a JSON Web Key Set of public RSA or EC keys.");
        const string taken = "SELECT 1 FROM provider WHERE config->>'client_id' = $1 AND pk <> $2";
        if (await context.Db.ScalarAsync<int?>(taken, context.Cancellation, provider.ClientId, provider.Pk) is not null)
            context.Errors.Add("client_id", "This field must be unique.");
        if (context.Errors.Any)
            return;
        // A confidential client with nothing to prove itself by could do nothing.
        if (context.IsNew && provider is { ClientSecret: "", ClientType: ClientType.Confidential, Jwks: null })
            provider.ClientSecret = RandomText.Alphanumeric(128);
        if (!SecretSeal.IsSealed(provider.ClientSecret))
            provider.ClientSecret = Sealed(provider.ClientSecret, context.Before("client_secret") as string, context.Get<SecretSeal>());
        if (context.IsNew && !context.Given.Contains("signing_key"))
            provider.SigningKey = await FirstKeyAsync(context);
        else if (!context.IsNew && context.Given.Contains("signing_key"))
            await RetireAsync(provider, context);
    }

    // No two seals are the same, so the secret that is there already keeps its own: nothing was changed.
    static string Sealed(string secret, string? stored, SecretSeal seal) =>
        stored is not null && string.Equals(seal.Open(stored, OAuth2Provider.SecretPurpose)?.Reveal, secret, StringComparison.Ordinal) ? stored : seal.Seal(new Secret(secret), OAuth2Provider.SecretPurpose);

    static void CheckRedirects(OAuth2Provider provider, SaveContext context)
    {
        if (provider.RedirectUris is not JsonArray list || list.Any(i => i is not JsonObject))
        {
            context.Errors.Add("redirect_uris", "Expected a list of objects.");
            return;
        }
        foreach (var entry in list.OfType<JsonObject>())
        {
            entry["matching_mode"] ??= "strict";
            entry["redirect_uri_type"] ??= "authorization";
            if (!Modes.Contains(Text(entry, "matching_mode"), StringComparer.Ordinal) || !Types.Contains(Text(entry, "redirect_uri_type"), StringComparer.Ordinal))
                context.Errors.Add("redirect_uris", "matching_mode is strict or regex, redirect_uri_type is authorization or logout.");
            else if (Text(entry, "url") is not { Length: > 0 } url)
                context.Errors.Add("redirect_uris", "url: This field may not be blank.");
            else if (Text(entry, "matching_mode") is "regex" && RedirectUri.Compile(url) is null)
                context.Errors.Add("redirect_uris", $"Invalid Regex Pattern: {url}");
            else if (Text(entry, "matching_mode") is "strict" && !RedirectUri.IsSafe(url))
                context.Errors.Add("redirect_uris", $"Not an address people can be sent to: {url}");
        }
    }

    /// <summary>The pair every installation begins with; an elliptic curve, because one RSA signature costs more than all else in a token request.</summary>
    static async Task<Guid?> FirstKeyAsync(SaveContext context) =>
        await context.Db.Set<CertificateKeyPair>().Where(p => p.Name == FirstKeyName).Select(p => (Guid?)p.Pk).FirstOrDefaultAsync(context.Cancellation);

    static async Task RetireAsync(OAuth2Provider provider, SaveContext context)
    {
        var before = await context.Db.ScalarAsync<string>("SELECT config->>'signing_key' FROM provider WHERE id = $1", context.Cancellation, provider.Id);
        if (Guid.TryParse(before, out var old) && old != provider.SigningKey)
            provider.RetiredSigningKeys = [.. provider.RetiredSigningKeys.Prepend(old).Where(k => k != provider.SigningKey).Distinct().Take(MostRetired)];
    }

    static string? Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
