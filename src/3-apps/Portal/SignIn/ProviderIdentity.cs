using System.Text.Json.Nodes;

namespace Postern.Portal.SignIn;

/// <summary>Who the provider says somebody is.</summary>
sealed record ProviderIdentity(string Subject, string Email, bool EmailVerified, string Name, IReadOnlyList<string> Groups, string Session, string IdToken)
{
    public static ProviderIdentity Of(JsonObject claims, string idToken) => new(
        Text(claims, "sub"),
        Text(claims, "email"),
        claims["email_verified"] is JsonValue verified && verified.TryGetValue<bool>(out var yes) && yes,
        Text(claims, "name") is { Length: > 0 } name ? name : Text(claims, "preferred_username"),
        [.. (claims["groups"] as JsonArray ?? []).Select(g => g?.ToString() ?? "")],
        Text(claims, "sid"),
        idToken);

    static string Text(JsonObject claims, string name) => claims[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
