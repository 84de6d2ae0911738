using Postern.Directory.Tokens;
using Postern.Storage;

namespace Postern.OAuth2.Records;

/// <summary>The applications that hold live tokens of a user.</summary>
public sealed class Connections(PosternDb db, TimeProvider clock) : IUserGrants
{
    /// <summary>One for each provider, the last to expire first.</summary>
    public async Task<IReadOnlyList<Connection>> FindAsync(int user, CancellationToken cancellation)
    {
        await using var rows = await db.ReadAsync(
            """
            SELECT provider_id, string_agg(DISTINCT scope, ' '), min(created_at), max(expires)
            FROM (SELECT provider_id, scope, created_at, expires, user_pk, revoked FROM oauth2_access_token
                  UNION ALL SELECT provider_id, scope, created_at, expires, user_pk, revoked FROM oauth2_refresh_token) t
            WHERE user_pk = $1 AND NOT revoked AND expires > $2 GROUP BY provider_id ORDER BY max(expires) DESC
            """,
            cancellation, user, clock.GetUtcNow());
        var found = new List<Connection>();
        while (await rows.ReadAsync(cancellation))
        {
            var scopes = rows.GetString(1).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            found.Add(new(rows.GetInt32(0), [.. scopes], rows.GetFieldValue<DateTimeOffset>(2), rows.GetFieldValue<DateTimeOffset>(3)));
        }
        return found;
    }

    /// <summary>Deletes the tokens and codes that one provider's application holds of the user; false when it holds none.</summary>
    public async Task<bool> EndAsync(int user, int provider, CancellationToken cancellation) => await DeleteAsync("user_pk = $1 AND provider_id = $2", cancellation, user, provider) > 0;

    public async ValueTask RevokeAsync(int user, CancellationToken cancellation) => await DeleteAsync("user_pk = $1", cancellation, user);

    async Task<int> DeleteAsync(string condition, CancellationToken cancellation, params object[] values)
    {
        var deleted = 0;
        foreach (var table in new[] { "oauth2_authorization_code", "oauth2_access_token", "oauth2_refresh_token" })
            deleted += await db.ExecuteAsync($"DELETE FROM {table} WHERE {condition}", cancellation, values);
        return deleted;
    }
}

/// <summary>What an application holds.</summary>
/// <param name="Since">The oldest token that lives.</param>
/// <param name="Until">When the last one ends.</param>
public sealed record Connection(int ProviderId, IReadOnlyList<string> Scopes, DateTimeOffset Since, DateTimeOffset Until);
