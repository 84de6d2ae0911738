namespace Postern.Directory.Tokens;

/// <summary>A key that stands for a user: for the API, as an app password, or for one recovery or verification.</summary>
public sealed class Token
{
    public Guid Pk { get; set; } = Guid.NewGuid();

    /// <summary>Name in URLs; unique.</summary>
    public string Identifier { get; set; } = "";

    public string Key { get; set; } = "";

    public TokenIntent Intent { get; set; } = TokenIntent.Verification;

    public int UserPk { get; set; }

    public string Description { get; set; } = "";

    public DateTimeOffset? Expires { get; set; }

    public bool Expiring { get; set; } = true;

    /// <summary>Name under which blueprints manage it.</summary>
    public string? Managed { get; set; }

    /// <summary>Checked wherever the token is used, whether or not a cleaner has run.</summary>
    public bool IsExpired(DateTimeOffset now) => Expiring && Expires is { } end && end <= now;
}

/// <summary>What a token is for.</summary>
public enum TokenIntent
{
    Verification,
    Api,
    Recovery,
    AppPassword,
}
