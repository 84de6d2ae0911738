using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Kernel.Settings;
using Postern.Kernel.Values;
using Postern.Storage.Backups;
using Postern.Storage.Migrations;
using Postern.Storage.Sealing;
using Postern.Tests.Support.Databases;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Storage;

/// <summary>What is restored is what was there; what cannot be trusted is refused and leaves nothing behind.</summary>
[Trait("Fault", "F24")]
public sealed class BackupTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    static readonly BackupKey key = new(new Secret("the secret key of all test servers, long enough"));

    readonly DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("postern-backup-");
    TestDatabase target = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    string Backup => Path.Combine(folder.FullName, "backup.zip");

    TestDatabase Source => fixture.Server.Database;

    public async ValueTask InitializeAsync()
    {
        target = await (await TestCluster.SharedAsync()).CreateEmptyAsync();
        await new WriteBackup(Source.Source, Settings, TimeProvider.System).ExecuteAsync(Backup, withSecretKey: false, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await target.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_row_sequence_partition_key_and_trigger_is_there_again()
    {
        await Source.ExecuteAsync("CREATE TABLE IF NOT EXISTS event_1999_12 PARTITION OF event FOR VALUES FROM ('1999-12-01+00') TO ('2000-01-01+00')");
        await Source.ExecuteAsync("""INSERT INTO event (pk, "user", action, app, context, created, expires, brand, from_outside) VALUES (gen_random_uuid(), '{}', 'custom_old', 'a\tb', '{"line": "one\ntwo\\"}', '1999-12-24+00', '2999-01-01+00', '{}', false)""");
        File.Delete(Backup);
        await new WriteBackup(Source.Source, Settings, TimeProvider.System).ExecuteAsync(Backup, withSecretKey: false, Cancellation);

        var restored = await RestoreAsync(verify: true);

        restored.Secrets.ShouldBeGreaterThan(0);
        (await PictureAsync(target)).ShouldBe(await PictureAsync(Source));
        (await target.ScalarAsync<string>("SELECT tableoid::regclass::text FROM event WHERE action = 'custom_old'")).ShouldBe("event_1999_12");
    }

    [Fact]
    public async Task Only_an_empty_database_is_restored_into()
    {
        await target.ExecuteAsync("CREATE TABLE mine (a int)");

        (await RefusalAsync()).ShouldContain("The database is not empty: it has 1 tables, such as mine.");

        (await target.ScalarAsync<long>("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).ShouldBe(1);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public async Task A_file_cut_short_is_refused(double part)
    {
        await using (var file = File.OpenWrite(Backup))
            file.SetLength((long)(file.Length * part));

        (await RefusalAsync()).ShouldContain("is no backup, was cut short, or was damaged");
    }

    [Theory]
    [InlineData("tables/flow.copy")]
    [InlineData("tables/schema_migration.copy")]
    [InlineData("tables/stage.copy")]
    [InlineData("manifest.json")]
    [InlineData("manifest.mac")]
    public async Task A_damaged_byte_is_refused(string part)
    {
        var bytes = await File.ReadAllBytesAsync(Backup, Cancellation);
        // The name stands before the content.
        bytes[bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(part)) + part.Length + 20] ^= 0x40;
        await File.WriteAllBytesAsync(Backup, bytes, Cancellation);

        await RefusalAsync();
    }

    [Fact]
    public async Task Rows_changed_together_with_their_checksum_are_refused_for_want_of_the_mark()
    {
        await ForgeAsync("tables/user.copy", text => text.Replace("akadmin", "mallory", StringComparison.Ordinal), static _ => null);

        (await RefusalAsync()).ShouldContain("does not bear the mark of the secret key");
    }

    [Fact]
    public async Task Changed_rows_are_refused_by_their_checksum()
    {
        await ReplaceAsync("tables/user.copy", text => text.Replace("akadmin", "mallory", StringComparison.Ordinal));

        (await RefusalAsync()).ShouldContain("the checksum of tables/user.copy is wrong");
    }

    [Fact]
    public async Task A_part_too_many_is_refused()
    {
        using (var archive = await ZipFile.OpenAsync(Backup, ZipArchiveMode.Update, Cancellation))
            archive.CreateEntry("files/../../etc/cron.d/evil");

        (await RefusalAsync()).ShouldContain("does not hold the parts that its table of contents names");
    }

    [Fact]
    public async Task Under_another_secret_key_it_is_refused()
    {
        var refused = await Should.ThrowAsync<BackupRefused>(BackupFile.OpenAsync(Backup, new BackupKey(new Secret("another key")), Cancellation));

        refused.Message.ShouldContain("belongs to another secret key");
        (await Should.ThrowAsync<BackupRefused>(BackupFile.OpenAsync(Backup, key: null, Cancellation))).Message.ShouldContain("Set SECRET_KEY");
    }

    [Fact]
    public async Task A_backup_of_a_newer_program_is_refused()
    {
        await ForgeAsync("tables/user.copy", static text => text, Remarked(static manifest => manifest["migrations"]!.AsArray().Add(new JsonObject { ["name"] = "29990101T0000_later", ["checksum"] = "", ["version"] = "99.0" })));

        (await RefusalAsync()).ShouldContain("run version 99.0 or newer");
    }

    [Fact]
    public async Task Rows_that_break_a_foreign_key_undo_everything()
    {
        await ForgeAsync("tables/user_group.copy", static _ => "2147483647\t00000000-0000-0000-0000-000000000000\n", Remarked(static manifest => Table(manifest, "user_group")["rows"] = 1));

        (await RefusalAsync()).ShouldContain("The rows do not fit");
    }

    [Fact]
    public async Task A_row_too_few_undoes_everything()
    {
        await ForgeAsync("tables/role.copy", static text => text, Remarked(static manifest => Table(manifest, "role")["rows"] = 99));

        (await RefusalAsync()).ShouldContain("rows instead of 99");
    }

    [Fact]
    public async Task A_secret_that_does_not_open_undoes_everything_when_asked_to_verify()
    {
        await ForgeAsync("tables/certificate_key_pair.copy", static text => text.Replace("sealed:1:", "sealed:1:AAAA", StringComparison.Ordinal), Remarked(static _ => { }));

        (await RefusalAsync()).ShouldContain("does not open under the secret key");
    }

    static PosternSettings Settings => ReadSettings.From(new Dictionary<string, string>(StringComparer.Ordinal) { ["POSTERN_SECRET_KEY"] = key.Secret.Reveal, ["POSTERN_DATA"] = "/nonexistent" }, _ => null).Value;

    static JsonNode Table(JsonObject manifest, string name) => manifest["tables"]!.AsArray().Single(t => (string)t!["name"]! == name)!;

    static Func<byte[], string?> Marked => json => key.Mark(json);

    static (Action<JsonObject> Change, Func<byte[], string?> Mark) Remarked(Action<JsonObject> change) => (change, Marked);

    async Task<RestoredBackup> RestoreAsync(bool verify)
    {
        await using var backup = await BackupFile.OpenAsync(Backup, key, Cancellation);
        return await new RestoreBackup(target.Source, Settings, FindMigrations.In(TestCluster.ProductAssemblies), fixture.Server.Services.GetRequiredService<SealedPlaces>()).ExecuteAsync(backup, verify, keep: true, Cancellation);
    }

    /// <summary>Why it is refused. Whatever the reason, the target has nothing of the backup.</summary>
    async Task<string> RefusalAsync()
    {
        var refused = await Should.ThrowAsync<BackupRefused>(RestoreAsync(verify: true));
        (await target.ScalarAsync<bool>("SELECT to_regclass('schema_migration') IS NULL AND to_regclass('\"user\"') IS NULL")).ShouldBeTrue();
        return refused.Message;
    }

    Task ForgeAsync(string part, Func<string, string> rows, Func<byte[], string?> mark) => ForgeAsync(part, rows, (static _ => { }, mark));

    /// <summary>Changes a part and sets its checksum right; the mark stays what it was unless a new one is made.</summary>
    async Task ForgeAsync(string part, Func<string, string> rows, (Action<JsonObject> Change, Func<byte[], string?> Mark) how)
    {
        var content = await ReplaceAsync(part, rows);
        string? mark = null;
        await ReplaceAsync("manifest.json", text =>
        {
            var manifest = JsonNode.Parse(text)!.AsObject();
            var entry = manifest["tables"]!.AsArray().Select(t => t!["content"]!).Single(c => (string)c["name"]! == part);
            (entry["bytes"], entry["sha256"]) = (content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
            how.Change(manifest);
            var json = manifest.ToJsonString();
            mark = how.Mark(Encoding.UTF8.GetBytes(json));
            return json;
        });
        if (mark is not null)
            await ReplaceAsync("manifest.mac", _ => mark);
    }

    async Task<byte[]> ReplaceAsync(string name, Func<string, string> change)
    {
        await using var archive = await ZipFile.OpenAsync(Backup, ZipArchiveMode.Update, Cancellation);
        var entry = archive.GetEntry(name)!;
        string text;
        using (var reader = new StreamReader(await entry.OpenAsync(Cancellation)))
            text = await reader.ReadToEndAsync(Cancellation);
        entry.Delete();
        var bytes = Encoding.UTF8.GetBytes(change(text));
        await using var content = await archive.CreateEntry(name).OpenAsync(Cancellation);
        await content.WriteAsync(bytes, Cancellation);
        return bytes;
    }

    /// <summary>A fingerprint of each table's rows, and the state of everything that hangs on tables.</summary>
    static async Task<string> PictureAsync(TestDatabase database)
    {
        var tables = (await database.ScalarAsync<string[]>("SELECT array_agg(relname::text ORDER BY relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"))!;
        var picture = new StringBuilder();
        foreach (var table in tables)
            picture.AppendLine(await database.ScalarAsync<string>($"SELECT '{table} ' || count(*) || ' ' || md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) FROM \"{table}\" t"));
        picture.AppendLine(await database.ScalarAsync<string>("SELECT string_agg(concat_ws(' ', sequencename, last_value), E'\\n' ORDER BY sequencename) FROM pg_sequences"));
        picture.AppendLine(await database.ScalarAsync<string>("SELECT string_agg(concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)), E'\\n' ORDER BY conrelid::regclass::text, conname) FROM pg_constraint WHERE connamespace = 'public'::regnamespace"));
        picture.AppendLine(await database.ScalarAsync<string>("SELECT string_agg(concat_ws(' ', tgrelid::regclass, tgname, tgenabled), E'\\n' ORDER BY tgrelid::regclass::text, tgname) FROM pg_trigger WHERE NOT tgisinternal"));
        return picture.ToString();
    }
}
