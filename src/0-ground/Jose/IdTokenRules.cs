using System.Text.Json.Nodes;

namespace Postern.Jose;

/// <summary>What must hold of a token that names somebody before it is believed, once its signature is checked (OpenID Connect Core 1.0 section 3.1.3.7).</summary>
public static class IdTokenRules
{
    static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>What is wrong with the claims; null when nothing is. Without <paramref name="issuer"/>, whoever holds the key is believed.</summary>
    public static string? Refusal(JsonObject claims, string? issuer, string clientId, DateTimeOffset now) =>
        issuer is not null && !string.Equals(claims["iss"]?.ToString(), issuer, StringComparison.Ordinal) ? "The token is of another issuer."
        : !IsFor(claims, clientId) ? "The token is for another client."
        : claims["exp"] is not JsonValue end || !end.TryGetValue<long>(out var expires) || Time(expires) is not { } until || until + Skew < now ? "The token has expired."
        : claims["iat"] is not JsonValue at || !at.TryGetValue<long>(out var issued) || Time(issued) is not { } since || since - Skew > now ? "The token is of another time."
        : null;

    static bool IsFor(JsonObject claims, string clientId) => claims["aud"] switch
    {
        JsonArray many => many.Any(a => string.Equals(a?.ToString(), clientId, StringComparison.Ordinal)) && (many.Count == 1 || string.Equals(claims["azp"]?.ToString(), clientId, StringComparison.Ordinal)),
        { } one => string.Equals(one.ToString(), clientId, StringComparison.Ordinal),
        _ => false,
    };

    static DateTimeOffset? Time(long seconds) => seconds is >= 0 and < 253402300799 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
