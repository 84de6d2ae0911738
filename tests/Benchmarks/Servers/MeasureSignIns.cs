using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Postern.Directory.Passwords;
using Postern.Storage.Embedded;
using Postern.Tests.Benchmarks.OAuth2;

namespace Postern.Tests.Benchmarks.Servers;

/// <summary>
/// Sign-ins with a password through the flow API: what they cost beside their hash, how fast one is, and what a storm of them does to everything else. The server has the second processor for itself.
/// </summary>
static class MeasureSignIns
{
    const int RealIterations = 1_000_000;
    const int Turns = 15;
    const int ServerCpu = 1;

    static readonly TimeSpan time = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<string>> RunAsync(string root)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("postern-signins-");
        try
        {
            if (OperatingSystem.IsLinux())
            {
                using var self = Process.GetCurrentProcess();
                self.ProcessorAffinity = 1;
            }
            var (framework, own) = (HashTime(Framework), HashTime(() => PasswordHash.Encode(SignIns.Password, RealIterations)));
            await using var postgres = await EmbeddedPostgres.StartAsync(new() { DataRoot = folder.FullName }, TimeProvider.System, NullLogger<EmbeddedPostgres>.Instance, CancellationToken.None);
            await using var database = NpgsqlDataSource.Create(postgres.ConnectionString);
            var process = int.Parse((await File.ReadAllLinesAsync(Path.Combine(folder.FullName, "postgres", "postmaster.pid")))[0], CultureInfo.InvariantCulture);
            Task<OwnServer> StartAsync(int iterations) => OwnServer.StartAsync(root, Path.Combine(folder.FullName, "own"), database, MeasureServer.FreePort(), ServerCpu, "ES256", iterations);

            List<string> rows = ["| What | Measured | Limit | Ratio |", "| --- | ---: | ---: | ---: |", new Figure($"One hash of {RealIterations:N0} rounds, beside the framework's", own, framework, "ms").Row];
            await using (var server = await StartAsync(1))
                rows.AddRange(await CostAsync(server, process));
            await using (var server = await StartAsync(RealIterations))
                rows.AddRange(await RealAsync(server, database, process, framework, own));
            return rows;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task<IReadOnlyList<string>> CostAsync(OwnServer server, int postgres)
    {
        using var people = new SignIns(server.Address);
        await people.AddPeopleAsync(OwnServer.ApiToken);
        await StormAsync(people, 8, time);
        var (before, databaseBefore) = (ProcessTree.CpuSeconds(server.Side.Process), ProcessTree.CpuSeconds(postgres));
        var (done, _) = await StormAsync(people, 8, time);
        var cpu = (ProcessTree.CpuSeconds(server.Side.Process) - before) * 1000 / done;
        var databaseCpu = (ProcessTree.CpuSeconds(postgres) - databaseBefore) * 1000 / done;
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"| Sign-ins per second, hash of one round | {done / time.TotalSeconds:N0} | | |"),
            new Figure("... processor time of the server for each, with the jobs that follow from it", cpu, 2, "ms").Row, new Figure("... of the database", databaseCpu, 1.3, "ms").Row,
        ];
    }

    static async Task<IReadOnlyList<string>> RealAsync(OwnServer server, NpgsqlDataSource database, int postgres, double framework, double own)
    {
        // Nobody asks for anything, and what was asked before is done: what it costs to be there.
        while (await CountAsync(database, "SELECT count(*) FROM job WHERE run_at <= now() AND failed_at IS NULL") > 0)
            await Task.Delay(TimeSpan.FromSeconds(1));
        await Task.Delay(time);
        var (cpu, statements) = (ProcessTree.CpuSeconds(server.Side.Process), await TransactionsAsync(database));
        await Task.Delay(3 * time);
        var idle = (ProcessTree.CpuSeconds(server.Side.Process) - cpu) * 100 / (3 * time.TotalSeconds);
        var asked = (await TransactionsAsync(database) - statements - 1) / (3 * time.TotalSeconds);

        using var people = new SignIns(server.Address);
        await people.AddPeopleAsync(OwnServer.ApiToken);
        var alone = new List<double>();
        for (var i = 0; i < Turns; i++)
        {
            var clock = Stopwatch.StartNew();
            await people.OneAsync();
            alone.Add(clock.Elapsed.TotalMilliseconds);
        }
        var (done, _) = await StormAsync(people, 4, time);
        var calm = await OthersAsync(server);
        var storm = StormAsync(people, 2 * Environment.ProcessorCount + 4, 2 * time);
        var stormy = await OthersAsync(server);
        var refused = (await storm).Refused;
        return
        [
            new Figure("One sign-in alone, median", alone.Order().ElementAt(Turns / 2), 1.1 * framework + 15, "ms").Row,
            string.Create(CultureInfo.InvariantCulture, $"| Sign-ins per second, beside the framework's hashes per second of one processor | {done / time.TotalSeconds:N2} | {1000 / framework:N2} | {done / time.TotalSeconds * framework / 1000:N2} |"),
            .. calm.Select(c => new Figure($"{c.Key} in a storm of sign-ins ({refused} refused), 99th percentile; limit: five times that of calm", stormy[c.Key], 5 * c.Value, "ms").Row),
            new Figure("Idle: processor time", idle, 0.2, "% of a processor").Row, new Figure("Idle: transactions", asked, 1, "per second").Row,
        ];
    }

    /// <summary>Milliseconds of the slowest hundredth of answers of other doors, ten at a time.</summary>
    static async Task<Dictionary<string, double>> OthersAsync(OwnServer server)
    {
        var times = new Dictionary<string, double>(StringComparer.Ordinal);
        using var client = new HttpClient { BaseAddress = server.Address };
        foreach (var (name, path, bearer) in new[] { ("Discovery", server.Side.Doors.Discovery, ""), ("Userinfo", server.Side.Doors.Userinfo, server.Side.AccessTokens[0]) })
        {
            var all = new List<double>();
            for (var i = 0; i < 500; i++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                if (bearer.Length > 0)
                    request.Headers.Authorization = new("Bearer", bearer);
                var clock = Stopwatch.StartNew();
                using var answer = await client.SendAsync(request);
                answer.EnsureSuccessStatusCode();
                all.Add(clock.Elapsed.TotalMilliseconds);
            }
            times[name] = all.Order().ElementAt(all.Count * 99 / 100);
        }
        return times;
    }

    static async Task<(int Done, int Refused)> StormAsync(SignIns people, int parallel, TimeSpan length)
    {
        var clock = Stopwatch.StartNew();
        var (done, refused) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, parallel).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed < length)
            {
                if (await people.OneAsync())
                    Interlocked.Increment(ref done);
                else
                    Interlocked.Increment(ref refused);
            }
        })));
        return (done, refused);
    }

    static Task<long> TransactionsAsync(NpgsqlDataSource database) => CountAsync(database, "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()");

    static async Task<long> CountAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    static void Framework() => Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(SignIns.Password), "salt and salt and salt"u8, RealIterations, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);

    static double HashTime(Action hash)
    {
        hash();
        return Enumerable.Range(0, 5).Select(_ =>
        {
            var clock = Stopwatch.StartNew();
            hash();
            return clock.Elapsed.TotalMilliseconds;
        }).Order().ElementAt(2);
    }
}
