namespace Postern.OAuth2.Tokens;

/// <summary>The statements that store tokens; see <see cref="TokenStore.AddTokensAsync"/> for their parameters.</summary>
static class AddTokens
{
    const string IntoAccess =
        "INSERT INTO oauth2_access_token (token_hash, grant_id, provider_id, user_pk, session_uuid, scope, claims, auth_time, created_at, expires, key_thumbprint, revoked)";

    const string IntoRefresh =
        "INSERT INTO oauth2_refresh_token (token_hash, grant_id, provider_id, user_pk, session_uuid, scope, request, claims, auth_time, auth_method, created_at, expires, revoked)";

    const string AccessRow = "SELECT $1::bytea, $2::uuid, $3::int, $4::int, $5::uuid, $6::text, $7::text, $8::timestamptz, $9::timestamptz, $10::timestamptz, $11::text, false";

    const string RefreshRow = "SELECT $12::bytea, $2, $3, $4, $5, $13::text, $14::jsonb, $7, $8, $15::text, $9, $16::timestamptz, false";

    public const string Access = $"{IntoAccess} {AccessRow}";

    /// <summary>Provided that the user's row is as it was read.</summary>
    public const string AccessOfSameUser = $"{IntoAccess} {AccessRow} FROM \"user\" WHERE pk = $4 AND xmin::text = $12";

    /// <summary>Beside a refresh token that is kept.</summary>
    public const string AccessBeside = $"{IntoAccess} {AccessRow} FROM oauth2_refresh_token WHERE id = $12 AND NOT revoked FOR KEY SHARE";

    public const string Both = $"WITH access AS ({IntoAccess} {AccessRow}) {IntoRefresh} {RefreshRow}";

    /// <summary>In place of a refresh token; the first of two callers takes it.</summary>
    public const string BothInstead = $"""
        WITH used AS (UPDATE oauth2_refresh_token SET revoked = true WHERE id = $17 AND NOT revoked RETURNING id),
        access AS ({IntoAccess} {AccessRow} FROM used)
        {IntoRefresh} {RefreshRow} FROM used
        """;
}
