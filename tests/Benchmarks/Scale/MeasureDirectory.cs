using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Postern.Tests.Benchmarks.Scale;

/// <summary>Times what administrators wait for in a big directory, each beside the bare statement that fetches its rows.</summary>
static class MeasureDirectory
{
    const int Rounds = 25;

    /// <summary><paramref name="program"/> calls the API with a token, <paramref name="person"/> opens pages of the console.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(HttpClient program, HttpClient person, NpgsqlDataSource database)
    {
        var user = await ScalarAsync(database, "SELECT pk FROM \"user\" WHERE username LIKE 'seed-%' ORDER BY pk OFFSET 12345 LIMIT 1");
        var users = await ScalarAsync(database, "SELECT count(*) FROM \"user\"");
        var events = await ScalarAsync(database, "SELECT sum(reltuples)::bigint FROM pg_class JOIN pg_inherits ON inhrelid = oid WHERE inhparent = 'event'::regclass");
        var groups = await ScalarAsync(database, "SELECT count(*) FROM \"group\"");
        List<string> table =
        [
            string.Create(CultureInfo.InvariantCulture, $"{users:N0} users, {groups:N0} groups, {events:N0} events; medians of {Rounds}."),
            "", "| What | Over HTTP | Bare SQL | Ratio |", "| --- | ---: | ---: | ---: |",
        ];
        var scans = await ScansAsync(database);
        foreach (var (name, path, sql) in Indexed(user))
            table.Add(await RowAsync(name, path.StartsWith("/if/", StringComparison.Ordinal) ? person : program, path, database, sql));
        var scanned = await ScansAsync(database) - scans;
        foreach (var (name, path, sql) in Counted())
            table.Add(await RowAsync(name, path.StartsWith("/if/", StringComparison.Ordinal) ? person : program, path, database, sql));
        table.Add(string.Create(CultureInfo.InvariantCulture, $"| Sequential scans over users in what stands above \"Users, a word that many have\" | {scanned} | | |"));
        return table;
    }

    /// <summary>What indexes answer.</summary>
    static (string Name, string Path, string Sql)[] Indexed(long user) =>
    [
        ("Users, first page by username", "core/users/?ordering=username", "SELECT * FROM \"user\" WHERE binned_on IS NULL ORDER BY username, pk LIMIT 20"),
        ("Users, last to sign in first", "core/users/?ordering=-last_login", "SELECT * FROM \"user\" WHERE binned_on IS NULL ORDER BY last_login DESC, pk DESC LIMIT 20"),
        ("Users, hundredth page by name", "core/users/?ordering=name&page=100", "SELECT * FROM \"user\" WHERE binned_on IS NULL ORDER BY name, pk LIMIT 20 OFFSET 1980"),
        ("Users, part of a word", "core/users/?search=weaver4711", "SELECT * FROM \"user\" WHERE username ILIKE '%weaver4711%' OR name ILIKE '%weaver4711%' OR email ILIKE '%weaver4711%' OR uuid::text ILIKE '%weaver4711%' ORDER BY username LIMIT 20"),
        ("Users, an attribute", "core/users/?search=attributes.employee%20%3D%204711", "SELECT * FROM \"user\" WHERE attributes @> '{\"employee\": 4711}' ORDER BY username LIMIT 20"),
        ("Users, a group with those below it", "core/users/?search=groups%20%3D%20%22seed-group-4711%22", "SELECT * FROM \"user\" WHERE pk IN (SELECT user_pk FROM user_group WHERE group_pk = md5('seed group 4711')::uuid) ORDER BY username LIMIT 20"),
        ("Users, folders", "core/users/paths/", "SELECT path, sum(delta) FROM user_folder_count GROUP BY path"),
        ("One user", $"core/users/{user}/", $"SELECT * FROM \"user\" WHERE pk = {user}"),
        ("Console: list of users", "/if/admin/directory/users/", "SELECT * FROM \"user\" WHERE binned_on IS NULL ORDER BY username, pk LIMIT 20"),
        ("Console: page of a user", $"/if/admin/directory/users/{user}/", $"SELECT * FROM \"user\" WHERE pk = {user}"),
        ("Console: events of a user", $"/if/admin/directory/users/{user}/?tab=user-events", $"SELECT * FROM event WHERE jsonb_extract_path_text(\"user\", 'pk') = '{user}' ORDER BY created DESC LIMIT 20"),
        ("Groups, first page", "core/groups/?include_users=false", "SELECT * FROM \"group\" ORDER BY name LIMIT 20"),
        ("Events, first page", "events/events/", "SELECT * FROM event ORDER BY created DESC LIMIT 20"),
        ("Events of a user", "events/events/?username=seed-4711", "SELECT * FROM event WHERE jsonb_extract_path_text(\"user\", 'username') = 'seed-4711' ORDER BY created DESC LIMIT 20"),
    ];

    /// <summary>What has to look at a large part of the table, because it is counted exactly.</summary>
    static (string Name, string Path, string Sql)[] Counted() =>
    [
        ("Users, a word that many have", "core/users/?search=weaver", "SELECT count(*) FROM \"user\" WHERE username ILIKE '%weaver%' OR name ILIKE '%weaver%' OR email ILIKE '%weaver%' OR uuid::text ILIKE '%weaver%'"),
        ("Users, an attribute that many have", "core/users/?search=attributes.department%20%3D%20%22Sales%22", "SELECT count(*) FROM \"user\" WHERE attributes @> '{\"department\": \"Sales\"}'"),
        ("Users, all that are active", "core/users/?is_active=true", "SELECT count(*) FROM \"user\" WHERE is_active AND binned_on IS NULL"),
        ("People who need a license, counted", "enterprise/license/summary/?cached=false",
            "SELECT type, count(*) FROM \"user\" WHERE is_active AND username <> 'AnonymousUser' AND type IN ('internal', 'external') GROUP BY type"),
        ("Console: overview", "/if/admin/", "SELECT count(*) FILTER (WHERE is_active), count(*) FILTER (WHERE type = 'external') FROM \"user\""),
    ];

    static async Task<string> RowAsync(string name, HttpClient client, string path, NpgsqlDataSource database, string sql)
    {
        try
        {
            return Row(name, await MedianAsync(() => GetAsync(client, path)), await MedianAsync(() => RunAsync(database, sql)));
        }
        catch (HttpRequestException e)
        {
            throw new InvalidOperationException($"{path}: {e.Message}", e);
        }
    }

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

    static async Task GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path[0] == '/' ? path : $"/api/v3/{path}", UriKind.Relative));
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
