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

    /// <summary>Stores an access token. False, and nothing is written, when its user's row is not of the given version any more.</summary>
    public async Task<bool> AddAccessTokenAsync(Grant grant, MadeTokens made, string? userVersion, CancellationToken cancellation) => userVersion is null
        ? await db.ExecuteAsync(AddTokens.Access, cancellation, [.. Access(grant, made)]) == 1
        : await db.ExecuteAsync(AddTokens.AccessOfSameUser, cancellation, [.. Access(grant, made), userVersion]) == 1;

    /// <summary>
    /// Stores an access token and, where one is given, the refresh token beside it, in place of the one whose id is given: one statement. False, and
    /// nothing is written, when that one was replaced or taken back in the meantime.
    /// </summary>
    public async Task<bool> AddTokensAsync(Grant grant, MadeTokens made, RefreshToken? refresh, int? replaced, CancellationToken cancellation)
    {
        if (refresh is null && replaced is null)
            return await AddAccessTokenAsync(grant, made, userVersion: null, cancellation);
        object[] beside = refresh is null ? [] : [TokenText.HashOf(refresh.Text), refresh.Scope, grant.Request.ToJson(), grant.AuthMethod, clock.GetUtcNow() + grant.Client.RefreshLifetime];
        var sql = refresh is null ? AddTokens.AccessBeside : replaced is null ? AddTokens.Both : AddTokens.BothInstead;
        return await db.ExecuteAsync(sql, cancellation, [.. Access(grant, made), .. beside, .. replaced is { } old ? new object[] { old } : []]) == 1;
    }

    /// <summary>Uses a code up, whatever comes of it; null when it is unknown, expired, another client's or used already.</summary>
    public async Task<(Grant Grant, string RedirectUri)?> UseCodeAsync(string code, Client client, CancellationToken cancellation)
    {
        const string sql = $"""
            UPDATE oauth2_authorization_code t SET used_at = $3 FROM "user" u
            WHERE t.code_hash = $1 AND t.provider_id = $2 AND t.used_at IS NULL AND t.expires > $3 AND u.pk = t.user_pk
            RETURNING {StoredGrant.Columns}, t.redirect_uri, {UserRow.Columns}, {UserRow.Groups}
            """;
        await using var row = await db.ReadAsync(sql, cancellation, TokenText.HashOf(code), client.Provider.Id, clock.GetUtcNow());
        return await row.ReadAsync(cancellation) && StoredGrant.Read(row, client, StoredGrant.Count + 1) is { } grant ? (grant, row.GetString(StoredGrant.Count)) : null;
    }

    /// <summary>The grant of a code that was used before; null when there is no such code of the client.</summary>
    public Task<Guid?> GrantOfCodeAsync(string code, Client client, CancellationToken cancellation) =>
        db.ScalarAsync<Guid?>("SELECT grant_id FROM oauth2_authorization_code WHERE code_hash = $1 AND provider_id = $2 AND used_at IS NOT NULL", cancellation, TokenText.HashOf(code), client.Provider.Id);

    /// <summary>A refresh token, usable or not; null when the client has no such token, or its user may not sign in any more.</summary>
    public async Task<StoredRefreshToken?> FindRefreshTokenAsync(string token, Client client, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT {StoredGrant.Columns}, t.id, t.revoked, t.expires, {UserRow.Columns}, {UserRow.Groups}
            FROM oauth2_refresh_token t JOIN "user" u ON u.pk = t.user_pk WHERE t.token_hash = $1 AND t.provider_id = $2
            """;
        await using var row = await db.ReadAsync(sql, cancellation, TokenText.HashOf(token), client.Provider.Id);
        return await row.ReadAsync(cancellation) && StoredGrant.Read(row, client, StoredGrant.Count + 3) is { } grant
            ? new(grant, row.GetInt32(StoredGrant.Count), row.GetBoolean(StoredGrant.Count + 1), row.GetFieldValue<DateTimeOffset>(StoredGrant.Count + 2))
            : null;
    }

    /// <summary>Takes back everything that came of a grant, and what is being made of it at this moment.</summary>
    public Task RevokeGrantAsync(Guid grant, CancellationToken cancellation) => db.InTransactionAsync(
        async () =>
        {
            // Waits for whoever is replacing a token: only a statement that begins afterwards sees the new ones.
            await db.ExecuteAsync("SELECT FROM oauth2_refresh_token WHERE grant_id = $1 FOR UPDATE", cancellation, grant);
            await db.ExecuteAsync("UPDATE oauth2_access_token SET revoked = true WHERE grant_id = $1 AND NOT revoked", cancellation, grant);
            return await db.ExecuteAsync("UPDATE oauth2_refresh_token SET revoked = true WHERE grant_id = $1 AND NOT revoked", cancellation, grant);
        },
        _ => true, cancellation);

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

    object[] Access(Grant grant, MadeTokens made) =>
    [
        TokenText.HashOf(made.AccessToken), grant.Id, grant.Client.Provider.Id, grant.User.Pk, Nullable(grant.Session), grant.Scope,
        made.Identity.ToJsonString(), grant.AuthTime, clock.GetUtcNow(), made.Expires, (object?)grant.Request.KeyThumbprint ?? DBNull.Value,
    ];

    static object Nullable(Guid? value) => value is { } set ? set : DBNull.Value;
}

/// <summary>A new refresh token; its scope may be wider than that of the access token it comes with (RFC 6749 section 6).</summary>
sealed record RefreshToken(string Text, string Scope);

/// <summary>A refresh token as it is stored.</summary>
/// <param name="Revoked">Replaced or taken back.</param>
sealed record StoredRefreshToken(Grant Grant, int Id, bool Revoked, DateTimeOffset Expires);

/// <summary>A grant as rows hold it.</summary>
static class StoredGrant
{
    /// <summary>Columns of a code or token under the name <c>t</c>.</summary>
    public const string Columns = "t.grant_id, t.scope, t.session_uuid, t.request::text, t.auth_time, t.auth_method";

    public const int Count = 6;

    /// <summary>The grant with its user, whose columns begin at <paramref name="userAt"/>, and that of the groups after them; null when the user may not sign in any more.</summary>
    public static Grant? Read(DbDataReader row, Client client, int userAt) => UserRow.Read(row, userAt) is { IsActive: true } user
        ? new Grant(row.GetGuid(0), client, user, row.GetString(1))
        {
            Session = row.IsDBNull(2) ? null : row.GetGuid(2),
            Request = GrantRequest.Parse(row.GetString(3)),
            AuthTime = row.GetFieldValue<DateTimeOffset>(4),
            AuthMethod = row.GetString(5),
            Groups = row.GetFieldValue<string[]>(userAt + UserRow.Count),
        }
        : null;
}
