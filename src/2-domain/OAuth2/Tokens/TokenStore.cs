using System.Data.Common;
using Postern.OAuth2.Clients;
using Postern.Storage;

namespace Postern.OAuth2.Tokens;

/// <summary>Keeps codes and tokens, by their hashes, and uses up what may be used once.</summary>
sealed class TokenStore(PosternDb db, TimeProvider clock)
{
    public async Task<string> AddCodeAsync(Grant grant, string redirectUri, CancellationToken cancellation)
    {
        var (code, now) = (TokenText.New(), clock.GetUtcNow());
        const string sql = """
            INSERT INTO oauth2_authorization_code (code_hash, grant_id, provider_id, user_pk, session_uuid, scope, redirect_uri, request, auth_time, auth_method, created_at, expires)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10, $11, $12)
            """;
        await db.ExecuteAsync(
            sql, cancellation, TokenText.HashOf(code), grant.Id, grant.Client.Provider.Id, grant.User.Pk, Nullable(grant.Session), grant.Scope, redirectUri,
            grant.Request.ToJson(), grant.AuthTime, grant.AuthMethod, now, now + grant.Client.CodeLifetime);
        return code;
    }

    /// <summary>Stores an access token and, where one is given, the refresh token beside it: one statement.</summary>
    public async Task AddTokensAsync(Grant grant, MadeTokens made, RefreshToken? refresh, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        const string access = """
            INSERT INTO oauth2_access_token (token_hash, grant_id, provider_id, user_pk, session_uuid, scope, claims, auth_time, created_at, expires, key_thumbprint, revoked)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, false)
            """;
        object[] common =
        [
            TokenText.HashOf(made.AccessToken), grant.Id, grant.Client.Provider.Id, grant.User.Pk, Nullable(grant.Session), grant.Scope,
            made.Identity.ToJsonString(), grant.AuthTime, now, made.Expires, (object?)grant.Request.KeyThumbprint ?? DBNull.Value,
        ];
        if (refresh is null)
        {
            await db.ExecuteAsync(access, cancellation, common);
            return;
        }
        const string both = $"""
            WITH access AS ({access})
            INSERT INTO oauth2_refresh_token (token_hash, grant_id, provider_id, user_pk, session_uuid, scope, request, claims, auth_time, auth_method, created_at, expires, revoked)
            VALUES ($12, $2, $3, $4, $5, $13, $14::jsonb, $7, $8, $15, $9, $16, false)
            """;
        await db.ExecuteAsync(
            both, cancellation,
            [.. common, TokenText.HashOf(refresh.Text), refresh.Scope, grant.Request.ToJson(), grant.AuthMethod, now + grant.Client.RefreshLifetime]);
    }

    /// <summary>Uses a code up, whatever comes of it; null when it is unknown, expired, another client's or used already.</summary>
    public async Task<(Grant Grant, string RedirectUri)?> UseCodeAsync(string code, Client client, CancellationToken cancellation)
    {
        const string sql = $"""
            UPDATE oauth2_authorization_code t SET used_at = $3 FROM "user" u
            WHERE t.code_hash = $1 AND t.provider_id = $2 AND t.used_at IS NULL AND t.expires > $3 AND u.pk = t.user_pk
            RETURNING {StoredGrant.Columns}, t.redirect_uri, {UserRow.Columns}
            """;
        await using var row = await db.ReadAsync(sql, cancellation, TokenText.HashOf(code), client.Provider.Id, clock.GetUtcNow());
        return await row.ReadAsync(cancellation) && StoredGrant.Read(row, client, StoredGrant.Count + 1) is { } grant ? (grant, row.GetString(StoredGrant.Count)) : null;
    }

    /// <summary>The grant of a code that was used before; null when there is no such code of the client.</summary>
    public Task<Guid?> GrantOfCodeAsync(string code, Client client, CancellationToken cancellation) =>
        db.ScalarAsync<Guid?>("SELECT grant_id FROM oauth2_authorization_code WHERE code_hash = $1 AND provider_id = $2 AND used_at IS NOT NULL", cancellation, TokenText.HashOf(code), client.Provider.Id);

    /// <summary>Uses a refresh token up unless more than <paramref name="keepAbove"/> of its time is left; null when it is not usable.</summary>
    public async Task<(Grant Grant, bool Kept)?> UseRefreshTokenAsync(string token, Client client, TimeSpan keepAbove, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var border = keepAbove > TimeSpan.Zero ? now + keepAbove : DateTimeOffset.MaxValue;
        const string sql = $"""
            UPDATE oauth2_refresh_token t SET revoked = t.expires <= $4 FROM "user" u
            WHERE t.token_hash = $1 AND t.provider_id = $2 AND NOT t.revoked AND t.expires > $3 AND u.pk = t.user_pk
            RETURNING {StoredGrant.Columns}, t.revoked, {UserRow.Columns}
            """;
        await using var row = await db.ReadAsync(sql, cancellation, TokenText.HashOf(token), client.Provider.Id, now, border);
        return await row.ReadAsync(cancellation) && StoredGrant.Read(row, client, StoredGrant.Count + 1) is { } grant ? (grant, !row.GetBoolean(StoredGrant.Count)) : null;
    }

    /// <summary>The grant of a refresh token that was replaced or taken back; null when there is no such token of the client.</summary>
    public Task<Guid?> GrantOfUsedTokenAsync(string token, Client client, CancellationToken cancellation) =>
        db.ScalarAsync<Guid?>("SELECT grant_id FROM oauth2_refresh_token WHERE token_hash = $1 AND provider_id = $2 AND revoked", cancellation, TokenText.HashOf(token), client.Provider.Id);

    /// <summary>Takes back everything that came of a grant.</summary>
    public Task RevokeGrantAsync(Guid grant, CancellationToken cancellation) => db.ExecuteAsync(
        """
        WITH access AS (UPDATE oauth2_access_token SET revoked = true WHERE grant_id = $1 AND NOT revoked)
        UPDATE oauth2_refresh_token SET revoked = true WHERE grant_id = $1 AND NOT revoked
        """,
        cancellation, grant);

    public Task RevokeAccessTokenAsync(int id, CancellationToken cancellation) => db.ExecuteAsync("UPDATE oauth2_access_token SET revoked = true WHERE id = $1", cancellation, id);

    /// <summary>Remembers that somebody signed in to an application in a session, so that the application hears of its end.</summary>
    public Task AddSessionClientAsync(Grant grant, string subject, string issuer, CancellationToken cancellation) => grant.Session is { } session
        ? db.ExecuteAsync(
            """
            INSERT INTO oauth2_session_client (session_uuid, provider_id, sub, issuer) VALUES ($1, $2, $3, $4)
            ON CONFLICT (session_uuid, provider_id) DO UPDATE SET sub = excluded.sub, issuer = excluded.issuer
            """,
            cancellation, session, grant.Client.Provider.Id, subject, issuer)
        : Task.CompletedTask;

    static object Nullable(Guid? value) => value is { } set ? set : DBNull.Value;
}

/// <summary>A new refresh token; its scope may be wider than that of the access token it comes with (RFC 6749 section 6).</summary>
sealed record RefreshToken(string Text, string Scope);

/// <summary>A grant as rows hold it.</summary>
static class StoredGrant
{
    /// <summary>Columns of a code or token under the name <c>t</c>.</summary>
    public const string Columns = "t.grant_id, t.scope, t.session_uuid, t.request::text, t.auth_time, t.auth_method";

    public const int Count = 6;

    /// <summary>The grant with its user, whose columns begin at <paramref name="userAt"/>; null when the user may not sign in any more.</summary>
    public static Grant? Read(DbDataReader row, Client client, int userAt) => UserRow.Read(row, userAt) is { IsActive: true } user
        ? new Grant(row.GetGuid(0), client, user, row.GetString(1))
        {
            Session = row.IsDBNull(2) ? null : row.GetGuid(2),
            Request = GrantRequest.Parse(row.GetString(3)),
            AuthTime = row.GetFieldValue<DateTimeOffset>(4),
            AuthMethod = row.GetString(5),
        }
        : null;
}
