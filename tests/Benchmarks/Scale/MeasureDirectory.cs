using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Postern.Tests.Benchmarks.Scale;

/// <summary>Times what administrators wait for in a big directory, each beside the bare statement that fetches its rows.</summary>
static class MeasureDirectory
{
    const int Rounds = 25;

    public static async Task<IReadOnlyList<string>> RunAsync(HttpClient admin, NpgsqlDataSource database)
    {
        var user = await ScalarAsync(database, "SELECT pk FROM \"user\" WHERE username LIKE 'seed-%' ORDER BY pk OFFSET 12345 LIMIT 1");
        var users = await ScalarAsync(database, "SELECT count(*) FROM \"user\"");
        var events = await ScalarAsync(database, "SELECT sum(reltuples)::bigint FROM pg_class JOIN pg_inherits ON inhrelid = oid WHERE inhparent = 'event'::regclass");
        var groups = await ScalarAsync(database, "SELECT count(*) FROM \"group\"");
        var scans = await ScansAsync(database);
        List<string> table =
        [
            string.Create(CultureInfo.InvariantCulture, $"{users:N0} users, {groups:N0} groups, {events:N0} events; medians of {Rounds}."),
            "", "| What | Over HTTP | Bare SQL | Ratio |", "| --- | ---: | ---: | ---: |",
        ];
        foreach (var (name, path, sql) in Cases(user))
            table.Add(Row(name, await MedianAsync(() => GetAsync(admin, path)), await MedianAsync(() => RunAsync(database, sql))));
        var scanned = await ScansAsync(database) - scans;
        table.Add(string.Create(CultureInfo.InvariantCulture, $"| Sequential scans over users meanwhile | {scanned} | | |"));
        return table;
    }

    static (string Name, string Path, string Sql)[] Cases(long user) =>
    [
        ("Users, first page by username", "core/users/?ordering=username", "SELECT * FROM \"user\" WHERE binned_on IS NULL ORDER BY username, pk LIMIT 20"),
        ("Users, last to sign in first", "core/users/?ordering=-last_login", "SELECT * FROM \"user\" WHERE binned_on IS NULL ORDER BY last_login DESC, pk DESC LIMIT 20"),
        ("Users, part of a word", "core/users/?search=weaver4711", "SELECT * FROM \"user\" WHERE username ILIKE '%weaver4711%' OR name ILIKE '%weaver4711%' OR email ILIKE '%weaver4711%' OR uuid::text ILIKE '%weaver4711%' ORDER BY username LIMIT 20"),
        ("Users, an attribute", "core/users/?search=attributes.employee%20%3D%204711", "SELECT * FROM \"user\" WHERE attributes @> '{\"employee\": 4711}' ORDER BY username LIMIT 20"),
        ("Users, folders", "core/users/paths/", "SELECT path, sum(delta) FROM user_folder_count GROUP BY path"),
        ("One user", $"core/users/{user}/", $"SELECT * FROM \"user\" WHERE pk = {user}"),
        ("Groups, first page", "core/groups/?include_users=false", "SELECT * FROM \"group\" ORDER BY name LIMIT 20"),
        ("People who need a license, counted", "enterprise/license/summary/?cached=false",
            "SELECT type, count(*) FROM \"user\" WHERE is_active AND username <> 'AnonymousUser' AND type IN ('internal', 'external') GROUP BY type"),
        ("Events, first page", "events/events/", "SELECT * FROM event ORDER BY created DESC LIMIT 20"),
        ("Events of a user", "events/events/?username=seed-4711", "SELECT * FROM event WHERE jsonb_extract_path_text(\"user\", 'username') = 'seed-4711' ORDER BY created DESC LIMIT 20"),
    ];

    static string Row(string name, double http, double sql) =>
        string.Create(CultureInfo.InvariantCulture, $"| {name} | {http:N1} ms | {sql:N1} ms | {http / sql:N1} |");

    static async Task<double> MedianAsync(Func<Task> work)
    {
        for (var i = 0; i < 3; i++)
            await work();
        var times = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            var clock = Stopwatch.StartNew();
            await work();
            times.Add(clock.Elapsed.TotalMilliseconds);
        }
        times.Sort();
        return times[Rounds / 2];
    }

    static async Task GetAsync(HttpClient admin, string path)
    {
        using var answer = await admin.GetAsync(new Uri($"/api/v3/{path}", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }

    static async Task RunAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
        }
    }

    static Task<long> ScansAsync(NpgsqlDataSource database) => ScalarAsync(database, "SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'user'");

    static async Task<long> ScalarAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
