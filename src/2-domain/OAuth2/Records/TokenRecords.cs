namespace Postern.OAuth2.Records;

/// <summary>What codes and tokens have in common for those who look them up: never the code or token itself.</summary>
public abstract class TokenRecord
{
    public int Id { get; set; }

    public int ProviderId { get; set; }

    public int UserPk { get; set; }

    /// <summary>Scopes separated by spaces.</summary>
    public string Scope { get; set; } = "";

    public DateTimeOffset Expires { get; set; }
}

/// <summary>An authorization code.</summary>
public sealed class AuthorizationCode : TokenRecord
{
    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>An access token.</summary>
public sealed class AccessToken : TokenRecord
{
    /// <summary>Claims of its ID token as JSON.</summary>
    public string Claims { get; set; } = "{}";

    public bool Revoked { get; set; }
}

/// <summary>A refresh token.</summary>
public sealed class RefreshTokenRecord : TokenRecord
{
    /// <summary>Claims of the ID token that came with it, as JSON.</summary>
    public string Claims { get; set; } = "{}";

    public bool Revoked { get; set; }
}
