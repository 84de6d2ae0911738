using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Storage.Kinds;

namespace Postern.OAuth2.Records;

/// <summary>The declarations of codes and tokens: to be seen and taken back by administrators and by those they stand for.</summary>
public static class TokenKinds
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static readonly ModelKind<AuthorizationCode> Code =
        Declare<AuthorizationCode>("authentik_providers_oauth2.authorizationcode", "oauth2/authorization_codes", "Authorization Code", "oauth2_authorization_code", static k => k.Only(c => c.UsedAt == null));

    public static readonly ModelKind<AccessToken> Access =
        Declare<AccessToken>("authentik_providers_oauth2.accesstoken", "oauth2/access_tokens", "OAuth2 Access Token", "oauth2_access_token", static k =>
        {
            k.Computed("id_token", t => Pretty(t.Claims));
            k.Boolean("revoked", t => t.Revoked).ReadOnly();
        });

    public static readonly ModelKind<RefreshTokenRecord> Refresh =
        Declare<RefreshTokenRecord>("authentik_providers_oauth2.refreshtoken", "oauth2/refresh_tokens", "OAuth2 Refresh Token", "oauth2_refresh_token", static k =>
        {
            k.Computed("id_token", t => Pretty(t.Claims));
            k.Boolean("revoked", t => t.Revoked).ReadOnly();
        });

    static ModelKind<T> Declare<T>(string name, string path, string label, string table, Action<KindBuilder<T>> own)
        where T : TokenRecord, new() =>
        ModelKind<T>.Declare(name, (k, _) =>
        {
            k.Labels(label, $"{label}s").Path(path, Verbs.ReadOnly | Verbs.Delete | Verbs.UsedBy).Table(table).NotInBlueprints();
            k.Named(t => $"{label} {t.Id}").OwnedBy(t => t.UserPk);
            k.Key(t => t.Id);
            k.Expand("provider", t => t.ProviderId, "authentik_core.provider");
            k.Expand("user", t => t.UserPk, "authentik_core.user");
            k.Computed("is_expired", (page, context) =>
            {
                var now = context.Get<TimeProvider>().GetUtcNow();
                return ValueTask.FromResult<Func<T, object?>>(t => t.Expires <= now);
            });
            k.Timestamp("expires", t => t.Expires).ReadOnly();
            k.Computed("scope", t => t.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList());
            own(k);
            k.Filter("user", static (query, values, errors) => Number("user", values, errors) is { } user ? query.Where(t => t.UserPk == user) : query);
            k.Filter("provider", static (query, values, errors) => Number("provider", values, errors) is { } provider ? query.Where(t => t.ProviderId == provider) : query);
            k.Order("-expires", "pk");
        });

    static int? Number(string name, IReadOnlyList<string> values, Kernel.FieldErrors errors)
    {
        if (int.TryParse(values[^1], System.Globalization.CultureInfo.InvariantCulture, out var number))
            return number;
        errors.Add(name, "Enter a number.");
        return null;
    }

    static string Pretty(string claims) => JsonNode.Parse(claims)!.ToJsonString(Indented);
}
