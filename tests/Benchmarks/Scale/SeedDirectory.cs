using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Postern.Tests.Benchmarks.Scale;

/// <summary>Fills a database with people, groups and events by the million, all made inside the database. Indexes stand aside meanwhile.</summary>
static class SeedDirectory
{
    const string Groups = """
        INSERT INTO "group" (pk, name, is_superuser, attributes) SELECT md5('seed group ' || n)::uuid, 'seed-group-' || n, false, '{}' FROM generate_series(1, $1) n ON CONFLICT DO NOTHING;
        """;

    const string Parents = """
        INSERT INTO group_parent (child_pk, parent_pk) SELECT md5('seed group ' || n)::uuid, md5('seed group ' || n / 10)::uuid FROM generate_series(10, $1) n ON CONFLICT DO NOTHING
        """;

    const string Users = """
        INSERT INTO "user" (uuid, username, name, email, path, type, is_active, attributes, password, password_change_date, last_login, date_joined, last_updated)
        SELECT gen_random_uuid(), 'seed-' || n, initcap(g.given || ' ' || f.family), g.given || '.' || f.family || n || '@example.org', 'seed/site-' || n % 20 || '/team-' || n % 500,
               (ARRAY['internal', 'internal', 'internal', 'external', 'service_account'])[1 + n % 5], n % 50 <> 0,
               jsonb_build_object('employee', n, 'department', (ARRAY['Engineering', 'Sales', 'Support', 'Finance', 'Research'])[1 + n % 5], 'floor', n % 12), '!', now(),
               CASE WHEN n % 4 = 0 THEN NULL ELSE now() - make_interval(secs => n::bigint * 7919 % 31536000) END, now() - make_interval(secs => n::bigint * 104729 % 94608000), now()
        FROM generate_series($1, $2) n
        CROSS JOIN LATERAL (SELECT (ARRAY['anna', 'bruno', 'carla', 'david', 'elena', 'felix', 'greta', 'henry', 'irene', 'jonas', 'karin', 'louis'])[1 + n % 12] AS given) g
        CROSS JOIN LATERAL (SELECT (ARRAY['archer', 'baker', 'carter', 'draper', 'fisher', 'gardner', 'hunter', 'mason', 'miller', 'porter', 'sawyer', 'turner', 'weaver'])[1 + n % 13] AS family) f
        """;

    const string Members = """
        INSERT INTO user_group (user_pk, group_pk)
        SELECT u.pk, md5('seed group ' || 1 + (u.pk * k * 31) % $1)::uuid FROM "user" u CROSS JOIN generate_series(1, 2) k WHERE u.username LIKE 'seed-%' ON CONFLICT DO NOTHING
        """;

    const string Events = """
        INSERT INTO event (pk, "user", action, app, context, client_ip, created, expires, brand, from_outside)
        SELECT gen_random_uuid(), jsonb_build_object('pk', $3 + n % $4, 'username', 'seed-' || 1 + n % $4, 'email', ''),
               (ARRAY['login', 'login', 'login', 'login_failed', 'logout', 'authorize_application', 'authorize_application', 'model_updated', 'password_set', 'user_write'])[1 + n % 10], 'seed',
               jsonb_build_object('model', jsonb_build_object('pk', n % 100000, 'app', 'authentik_core', 'model_name', 'user')), '203.0.113.' || n % 250,
               now() - make_interval(secs => n * 5::double precision * 1e7 / $5 / 10), now() + interval '1 year', '{}', false
        FROM generate_series($1, $2) n
        """;

    /// <summary>Rows that were asked for, and how long it took.</summary>
    public static async Task<TimeSpan> RunAsync(NpgsqlDataSource database, SeedSizes sizes, Action<string> tell)
    {
        var clock = Stopwatch.StartNew();
        await using var connection = await database.OpenConnectionAsync();
        await DoAsync(connection, "SET synchronous_commit = off; SET maintenance_work_mem = '512MB'; SET work_mem = '64MB'");
        // Months of their own for the past, as a server that had run then would have made them.
        await DoAsync(connection, "SELECT event_partitions(now() - interval '2 months')");
        var indexes = await TakeIndexesAsync(connection);
        try
        {
            await DoAsync(connection, Groups, sizes.Groups);
            await DoAsync(connection, Parents, sizes.Groups);
            tell($"{sizes.Groups:N0} groups, {clock.Elapsed:mm\\:ss}");
            var first = 1 + await NumberAsync(connection, "SELECT coalesce(max(pk), 0)::bigint FROM \"user\"");
            await InPartsAsync(connection, Users, sizes.Users, 100_000);
            await DoAsync(connection, Members, sizes.Groups);
            tell($"{sizes.Users:N0} users, {clock.Elapsed:mm\\:ss}");
            await InPartsAsync(connection, Events, sizes.Events, 500_000, first, (long)sizes.Users, (long)sizes.Events);
            tell($"{sizes.Events:N0} events, {clock.Elapsed:mm\\:ss}");
        }
        finally
        {
            foreach (var index in indexes)
                await DoAsync(connection, index);
        }
        tell($"{indexes.Count} indexes, {clock.Elapsed:mm\\:ss}");
        await DoAsync(connection, "VACUUM (ANALYZE) \"user\"; ");
        foreach (var table in new[] { "\"group\"", "user_group", "group_parent", "event", "user_folder_count" })
            await DoAsync(connection, $"VACUUM (ANALYZE) {table}");
        tell($"vacuumed, {clock.Elapsed:mm\\:ss}");
        return clock.Elapsed;
    }

    /// <summary>Drops the indexes of the long tables that are no constraints, and answers how to make them again.</summary>
    static async Task<IReadOnlyList<string>> TakeIndexesAsync(NpgsqlConnection connection)
    {
        const string find = """
            SELECT c.relname, replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            WHERE i.indrelid IN ('"user"'::regclass, 'event'::regclass, 'user_group'::regclass) AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)
            """;
        var found = new List<(string Name, string Definition)>();
        await using (var command = new NpgsqlCommand(find, connection))
        await using (var rows = await command.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
                found.Add((rows.GetString(0), rows.GetString(1)));
        }
        foreach (var (name, _) in found)
            await DoAsync(connection, $"DROP INDEX \"{name}\"");
        return [.. found.Select(f => f.Definition)];
    }

    static async Task InPartsAsync(NpgsqlConnection connection, string sql, int total, int size, params object[] others)
    {
        for (var from = 1; from <= total; from += size)
            await DoAsync(connection, sql, [from, Math.Min(total, from + size - 1), .. others]);
    }

    static async Task DoAsync(NpgsqlConnection connection, string sql, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        await command.ExecuteNonQueryAsync();
    }

    static async Task<long> NumberAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}

/// <summary>How much to make.</summary>
sealed record SeedSizes(int Users, int Groups, int Events)
{
    public static readonly SeedSizes Usual = new(1_000_000, 10_000, 10_000_000);

    /// <summary>Users, groups and events, in this order; what is left out is as usual.</summary>
    public static SeedSizes Read(IReadOnlyList<string> args) => new(Number(args, 0, Usual.Users), Number(args, 1, Usual.Groups), Number(args, 2, Usual.Events));

    static int Number(IReadOnlyList<string> args, int at, int usual) =>
        at < args.Count ? int.Parse(args[at].Replace("_", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture) : usual;
}
