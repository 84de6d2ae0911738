using System.Text.Json.Nodes;
using Postern.Directory.Users;
using Postern.Kernel.Values;
using Postern.OAuth2.Tokens;
using Postern.Storage;

namespace Postern.OAuth2.Userinfo;

/// <summary>Finds an access token that was shown, with its user: one statement.</summary>
sealed class FindToken(PosternDb db)
{
    const string Columns = """
        SELECT t.provider_id, t.scope, t.claims, t.expires, t.revoked, t.id, t.grant_id,
            u.pk, u.uuid, u.username, u.name, u.email, u.path, u.type, u.is_active, u.attributes::text
        """;

    const string Bound = ", t.key_thumbprint", Free = ", NULL::text";

    const string OfUser = """ t JOIN "user" u ON u.pk = t.user_pk WHERE t.token_hash = $1""";

    public Task<ShownToken?> ExecuteAsync(string token, CancellationToken cancellation) => FindAsync($"{Columns}{Bound} FROM oauth2_access_token{OfUser}", token, cancellation);

    /// <summary>The same for a refresh token.</summary>
    public Task<ShownToken?> RefreshAsync(string token, CancellationToken cancellation) => FindAsync($"{Columns}{Free} FROM oauth2_refresh_token{OfUser}", token, cancellation);

    async Task<ShownToken?> FindAsync(string sql, string token, CancellationToken cancellation)
    {
        await using var row = await db.ReadAsync(sql, cancellation, TokenText.HashOf(token));
        if (!await row.ReadAsync(cancellation))
            return null;
        var user = new User
        {
            Pk = row.GetInt32(7),
            Uuid = row.GetGuid(8),
            Username = row.GetString(9),
            Name = row.GetString(10),
            Email = row.GetString(11),
            Path = row.GetString(12),
            Type = WireEnum<UserType>.Parse(row.GetString(13)),
            IsActive = row.GetBoolean(14),
            Attributes = JsonNode.Parse(row.GetString(15))!.AsObject(),
        };
        return new ShownToken(row.GetInt32(5), row.GetGuid(6), row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), row.GetBoolean(4), user) { KeyThumbprint = row.IsDBNull(16) ? null : row.GetString(16) };
    }
}

/// <summary>A stored access token and whom it stands for.</summary>
sealed record ShownToken(int Id, Guid Grant, int ProviderId, string Scope, string Claims, DateTimeOffset Expires, bool Revoked, User User)
{
    /// <summary>Key it is bound to (RFC 9449); null for a token of whoever bears it.</summary>
    public string? KeyThumbprint { get; init; }

    public bool IsLive(DateTimeOffset now) => !Revoked && Expires > now && User.IsActive;

    public bool Has(string scope) => Scope.Split(' ').Contains(scope, StringComparer.Ordinal);
}
