using Postern.Directory.Users;
using Postern.OAuth2.Tokens;
using Postern.Storage;

namespace Postern.OAuth2.Userinfo;

/// <summary>Finds an access token that was shown, with its user: one statement.</summary>
sealed class FindToken(PosternDb db)
{
    const string Columns = $"SELECT t.provider_id, t.scope, t.claims, t.expires, t.revoked, t.id, t.grant_id, t.session_uuid, t.auth_time, {UserRow.Columns}";

    const string Bound = ", t.key_thumbprint", Free = ", NULL::text";

    const int UserAt = 9, KeyAt = UserAt + UserRow.Count, GroupsAt = KeyAt + 1;

    const string OfUser = """ t JOIN "user" u ON u.pk = t.user_pk WHERE t.token_hash = $1""";

    public Task<ShownToken?> ExecuteAsync(string token, CancellationToken cancellation) => FindAsync($"{Columns}{Bound} FROM oauth2_access_token{OfUser}", token, cancellation);

    /// <summary>The same with the names of the user's groups.</summary>
    public Task<ShownToken?> WithGroupsAsync(string token, CancellationToken cancellation) => FindAsync($"{Columns}{Bound}, {UserRow.Groups} FROM oauth2_access_token{OfUser}", token, cancellation);

    /// <summary>The same for a refresh token.</summary>
    public Task<ShownToken?> RefreshAsync(string token, CancellationToken cancellation) => FindAsync($"{Columns}{Free} FROM oauth2_refresh_token{OfUser}", token, cancellation);

    async Task<ShownToken?> FindAsync(string sql, string token, CancellationToken cancellation)
    {
        await using var row = await db.ReadAsync(sql, cancellation, TokenText.HashOf(token));
        if (!await row.ReadAsync(cancellation))
            return null;
        return new ShownToken(
            row.GetInt32(5), row.GetGuid(6), row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), row.GetBoolean(4), UserRow.Read(row, UserAt))
        {
            Session = row.IsDBNull(7) ? null : row.GetGuid(7),
            AuthTime = row.GetFieldValue<DateTimeOffset>(8),
            KeyThumbprint = row.IsDBNull(KeyAt) ? null : row.GetString(KeyAt),
            Groups = row.FieldCount > GroupsAt ? row.GetFieldValue<string[]>(GroupsAt) : null,
        };
    }
}

/// <summary>A stored access token and whom it stands for.</summary>
sealed record ShownToken(int Id, Guid Grant, int ProviderId, string Scope, string Claims, DateTimeOffset Expires, bool Revoked, User User)
{
    public Guid? Session { get; init; }

    /// <summary>When the person proved who they are.</summary>
    public DateTimeOffset AuthTime { get; init; }

    /// <summary>Key it is bound to (RFC 9449); null for a token of whoever bears it.</summary>
    public string? KeyThumbprint { get; init; }

    /// <summary>Names of the user's groups; null where nobody asked for them.</summary>
    public string[]? Groups { get; init; }

    public bool IsLive(DateTimeOffset now) => !Revoked && Expires > now && User.IsActive;

    public bool Has(string scope) => Scope.Split(' ').Contains(scope, StringComparer.Ordinal);
}
