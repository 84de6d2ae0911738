using Postern.Storage;

namespace Postern.Web.Admin;

/// <summary>Figures of the overview, with one statement that reads the users once; people who may not see users get no figures of them.</summary>
sealed class OverviewFacts(PosternDb db, TimeProvider clock)
{
    const string Statement = """
        SELECT u.*,
               (SELECT count(*) FROM session WHERE user_pk IS NOT NULL AND expires > $1),
               (SELECT count(*) FROM "group"),
               (SELECT count(*) FROM application),
               (SELECT count(*) FROM invitation WHERE (expires IS NULL OR expires > $1) AND revoked_on IS NULL AND superseded_by IS NULL AND (CASE WHEN single_use THEN uses < 1 ELSE max_uses IS NULL OR uses < max_uses END)),
               current_setting('server_version')
        FROM (SELECT count(*), count(*) FILTER (WHERE NOT is_active), count(*) FILTER (WHERE last_login >= $1::timestamptz - interval '30 days'),
                     count(*) FILTER (WHERE date_joined >= $1::timestamptz - interval '30 days'), count(*) FILTER (WHERE type IN ('service_account', 'internal_service_account')),
                     count(*) FILTER (WHERE type = 'external')
              FROM "user" WHERE username <> 'AnonymousUser') AS u
        """;

    public async Task<OverviewFigures> ReadAsync(CancellationToken cancellation)
    {
        await using var row = await db.ReadAsync(Statement, cancellation, clock.GetUtcNow());
        await row.ReadAsync(cancellation);
        return new OverviewFigures(
            row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7), row.GetInt64(8), row.GetInt64(9), row.GetString(10));
    }
}

/// <summary>How many there are of what.</summary>
/// <param name="Recent">Users who signed in within thirty days.</param>
/// <param name="Joined">Users made within thirty days.</param>
/// <param name="Database">Version of PostgreSQL.</param>
public sealed record OverviewFigures(
    long Users, long Inactive, long Recent, long Joined, long Machines, long External, long Sessions, long Groups, long Applications, long Invitations, string Database);
