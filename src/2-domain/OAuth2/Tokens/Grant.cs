using System.Text.Json.Nodes;
using Postern.Directory.Users;
using Postern.OAuth2.Clients;

namespace Postern.OAuth2.Tokens;

/// <summary>What somebody granted a client: all tokens that come of it share its id.</summary>
sealed record Grant(Guid Id, Client Client, User User, string Scope)
{
    public Guid? Session { get; init; }

    /// <summary>When the person proved who they are, and how.</summary>
    public DateTimeOffset AuthTime { get; init; }

    public string AuthMethod { get; init; } = "";

    public GrantRequest Request { get; init; } = GrantRequest.Nothing;

    /// <summary>Names of the user's groups; null where they were not read along.</summary>
    public string[]? Groups { get; init; }

    /// <summary>Nothing is granted: somebody looks at what would be. Mappings write and record nothing.</summary>
    public bool IsTrial { get; init; }

    public bool Has(string scope) => Scope.Split(' ').Contains(scope, StringComparer.Ordinal);
}

/// <summary>What of the authorization request matters after it.</summary>
/// <param name="Nonce">Value for the ID token (OpenID Connect Core section 3.1.2.1).</param>
/// <param name="Challenge">Code challenge (RFC 7636); null where there was none.</param>
/// <param name="ChallengeMethod"><c>S256</c> or <c>plain</c>.</param>
/// <param name="KeyThumbprint">Key that tokens are bound to (RFC 9449); null for tokens of whoever bears them.</param>
/// <param name="Claims">Members of the <c>claims</c> parameter that name claims for the ID token.</param>
sealed record GrantRequest(string? Nonce, string? Challenge, string? ChallengeMethod, string? KeyThumbprint, IReadOnlyList<string> Claims)
{
    public static readonly GrantRequest Nothing = new(null, null, null, null, []);

    public string ToJson()
    {
        var json = new JsonObject();
        foreach (var (name, value) in new[] { ("nonce", Nonce), ("challenge", Challenge), ("method", ChallengeMethod), ("jkt", KeyThumbprint) })
        {
            if (value is not null)
                json[name] = value;
        }
        if (Claims.Count > 0)
            json["claims"] = new JsonArray([.. Claims.Select(c => (JsonNode)c)]);
        return json.ToJsonString();
    }

    public static GrantRequest Parse(string stored)
    {
        var json = JsonNode.Parse(stored)!.AsObject();
        return new(
            (string?)json["nonce"], (string?)json["challenge"], (string?)json["method"], (string?)json["jkt"],
            json["claims"] is JsonArray claims ? [.. claims.Select(c => c!.GetValue<string>())] : []);
    }
}
