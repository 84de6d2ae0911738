using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Events.Chain;
using Postern.Events.Housekeeping;
using Postern.Events.Recording;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Opening;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Events;

/// <summary>Whoever changes the log in the database is found, though they know how the chain is made.</summary>
public sealed class ChainTests : IAsyncLifetime
{
    TestServer server = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await WriteAsync($"first_{i}", $"second_{i}", $"third_{i}");
            await SealAsync();
        }
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task What_nobody_touched_is_right_and_new_events_wait()
    {
        (await VerifyAsync()).ShouldBe(new AuditReport(3, 9, 0, 0, null));
        await WriteAsync("later");
        (await VerifyAsync()).ShouldBe(new AuditReport(3, 9, 0, 1, null));
    }

    [Theory]
    [InlineData("UPDATE event SET action = 'custom_other' WHERE action = 'custom_second_1'", "was changed (seal 2")]
    [InlineData("UPDATE event SET context = context || '{\"a\": 1}' WHERE action = 'custom_second_1'", "was changed (seal 2")]
    [InlineData("UPDATE event SET \"user\" = '{\"username\": \"somebody else\"}' WHERE action = 'custom_second_1'", "was changed (seal 2")]
    [InlineData("UPDATE event SET created = created - interval '1 hour' WHERE action = 'custom_second_1'", "was changed (seal 2")]
    [InlineData("UPDATE event SET client_ip = '203.0.113.9' WHERE action = 'custom_second_1'", "was changed (seal 2")]
    [InlineData("UPDATE event SET expires = now() WHERE action = 'custom_second_1'", "was changed (seal 2")]
    [InlineData("UPDATE event SET from_outside = true WHERE action = 'custom_second_1'", "An event was deleted after the event")]
    [InlineData("DELETE FROM event WHERE action = 'custom_third_2'", "An event was deleted after the event")]
    [InlineData("DELETE FROM event WHERE action LIKE 'custom_%_0'", "An event was deleted at the beginning (seal 1")]
    [InlineData("INSERT INTO event SELECT gen_random_uuid(), \"user\", 'custom_false', app, context, client_ip, created, expires, brand, from_outside, position FROM event WHERE action = 'custom_second_1'", "was inserted (seal 2")]
    [InlineData("DELETE FROM event_seal WHERE number = 2", "The seal 2 is missing.")]
    [InlineData("UPDATE event_seal SET sealed_at = sealed_at + interval '1 hour' WHERE number = 2", "The seal 2 was changed.")]
    [InlineData("UPDATE event_seal SET leaves = set_byte(leaves, 3, 255 - get_byte(leaves, 3)) WHERE number = 2", "The hashes in the seal 2 were changed.")]
    [InlineData("WITH gone AS (DELETE FROM event WHERE action LIKE 'custom_%_1') UPDATE event_seal SET leaves = '', dropped_at = now() WHERE number = 2", "says that its events expired, which is not true")]
    [InlineData("WITH gone AS (DELETE FROM event WHERE action = 'custom_second_1') INSERT INTO event_forgotten SELECT substring(leaves FROM 33 FOR 32), now(), mark FROM event_seal WHERE number = 2", "An event was deleted after the event")]
    public async Task Tampering_is_found_at_its_place(string how, string what)
    {
        await server.Database.ExecuteAsync(how);

        (await VerifyAsync()).Problem!.ShouldContain(what);
    }

    [Fact]
    public async Task A_chain_made_anew_lacks_the_mark_of_the_secret_key()
    {
        await server.Database.ExecuteAsync("UPDATE event SET action = 'custom_other' WHERE action = 'custom_third_2'");
        await server.Database.ExecuteAsync("DELETE FROM event_seal WHERE number = 3");
        await SealAsync(new SecretSeal(new("a key of somebody else")));

        (await VerifyAsync()).Problem!.ShouldStartWith("The seal 3 does not bear the mark of this installation's secret key");
    }

    [Fact]
    public async Task With_the_secret_key_too_an_export_that_was_kept_elsewhere_tells()
    {
        var (_, signature) = await ExportAsync();
        await server.Database.ExecuteAsync("UPDATE event SET action = 'custom_other' WHERE action = 'custom_third_2'");
        await server.Database.ExecuteAsync("DELETE FROM event_seal WHERE number = 3");
        (await VerifyAsync(signature)).Problem.ShouldBe("The chain ends at seal 2, but the export knew seal 3: the end was cut off.");
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        await SealAsync();

        (await VerifyAsync()).Problem.ShouldBeNull();
        (await VerifyAsync(signature)).Problem.ShouldBe("The seal 3 is another one than when the export was made: the chain was made anew.");
        (await server.InScopeAsync(s => s.GetRequiredService<VerifyAudit>().ExecuteAsync(signature[..^8] + "AAAAAAAA", Cancellation))).Fault!.Message.ShouldContain("not the signature of an export");
    }

    [Fact]
    public async Task An_event_written_now_under_an_old_date_is_found()
    {
        server.Clock.Advance(TimeSpan.FromDays(10));
        await WriteAsync("honest");
        await SealAsync();
        server.Clock.Advance(TimeSpan.FromDays(10));
        await server.Database.ExecuteAsync("""INSERT INTO event (pk, "user", action, app, context, client_ip, created, expires, brand, from_outside) SELECT gen_random_uuid(), "user", action, app, context, client_ip, created, expires, brand, from_outside FROM event WHERE action = 'custom_first_0'""");
        await SealAsync();

        (await VerifyAsync()).Problem!.ShouldContain("but was written after");
    }

    [Fact]
    public async Task Events_that_expire_leave_the_chain_whole()
    {
        server.Clock.Advance(TimeSpan.FromDays(364));
        await WriteAsync("young");
        await SealAsync();
        server.Clock.Advance(TimeSpan.FromDays(2));
        await KeepAsync();

        (await server.Database.ScalarAsync<string>("SELECT string_agg(action, ',') FROM event")).ShouldBe("custom_young");
        (await VerifyAsync()).ShouldBe(new AuditReport(4, 1, 9, 0, null));
        await server.Database.ExecuteAsync("INSERT INTO event SELECT gen_random_uuid(), \"user\", action, app, context, client_ip, created, expires, brand, from_outside, (SELECT last_position FROM event_seal WHERE number = 1) FROM event");
        (await VerifyAsync()).Problem!.ShouldContain("was inserted");
    }

    [Fact]
    public async Task Expired_events_that_were_tampered_with_are_kept_as_evidence()
    {
        await server.Database.ExecuteAsync("UPDATE event SET action = 'custom_other' WHERE action = 'custom_second_1'");
        server.Clock.Advance(TimeSpan.FromDays(400));
        await KeepAsync();

        server.Errors.Claim().ShouldHaveSingleItem().ShouldContain("The expired events of seal 2 are kept");
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM event")).ShouldBe(3);
    }

    [Fact]
    public async Task Events_of_a_deleted_person_go_and_the_chain_stays_whole()
    {
        var person = new Caller(77, "leaver", IsSuperuser: false, CallerKind.User);
        await WriteAsAsync(person, "mine_1", "mine_2");
        await WriteAsync("others");
        await SealAsync();
        await WriteAsAsync(person, "mine_3");
        await server.InScopeAsync(async s =>
        {
            await s.GetRequiredService<ForgetPerson>().ExecuteAsync("77", Cancellation);
            return 0;
        });

        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM event WHERE action LIKE 'custom_mine%'")).ShouldBe(0);
        (await VerifyAsync()).ShouldBe(new AuditReport(4, 10, 2, 0, null));
        await server.Database.ExecuteAsync("DELETE FROM event WHERE action = 'custom_others'");
        (await VerifyAsync()).Problem!.ShouldContain("An event was deleted");
    }

    [Fact]
    public async Task Events_of_other_programs_are_not_sealed_and_may_change()
    {
        await server.Database.ExecuteAsync("""INSERT INTO event (pk, "user", action, app, context, created, expires, brand, from_outside) VALUES (gen_random_uuid(), '{}', 'custom_theirs', 'them', '{}', now(), now() + interval '1 day', '{}', true)""");
        await SealAsync();
        await server.Database.ExecuteAsync("DELETE FROM event WHERE from_outside");

        (await VerifyAsync()).ShouldBe(new AuditReport(3, 9, 0, 0, null));
    }

    [Fact]
    public async Task What_is_exported_can_be_verified_with_nothing_but_the_file()
    {
        var (lines, signature) = await ExportAsync();

        lines.Length.ShouldBe(12);
        var payload = JsonNode.Parse(Base64Decode(signature.Split('.')[1]))!;
        payload["sha256"]!.ToString().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"))));
        payload["certificate"]!.ToString().ShouldStartWith("-----BEGIN CERTIFICATE-----");
        var (seal, entry) = (JsonNode.Parse(lines[0])!, JsonNode.Parse(lines[1])!.AsObject());
        using var leaf = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, value) in entry)
        {
            var bytes = value is null ? null : Encoding.UTF8.GetBytes(value.ToString());
            leaf.AppendData(BitConverter.GetBytes(System.Net.IPAddress.HostToNetworkOrder(bytes?.Length ?? -1)));
            leaf.AppendData(bytes ?? []);
        }
        seal["leaves"]!.ToString().ShouldStartWith(Convert.ToHexStringLower(leaf.GetHashAndReset()));
        seal["hash"]!.ToString().ShouldBe(JsonNode.Parse(lines[4])!["previous"]!.ToString());
    }

    [Fact]
    public async Task A_broken_chain_is_not_signed()
    {
        await server.Database.ExecuteAsync("DELETE FROM event WHERE action = 'custom_second_1'");

        using var file = new MemoryStream();
        var refused = await server.InScopeAsync(s => s.GetRequiredService<ExportAudit>().ExecuteAsync(file, pair: null, Cancellation));
        refused.Fault!.Message.ShouldContain("Nothing was signed.");
        (await server.InScopeAsync(s => s.GetRequiredService<ExportAudit>().ExecuteAsync(new MemoryStream(), "no such pair", Cancellation))).Fault.ShouldNotBeNull();
    }

    [Fact]
    public async Task In_a_database_that_counts_from_the_start_again_events_still_come_after_the_chain()
    {
        await server.Database.ExecuteAsync("UPDATE event_shift SET value = 1000000000000");
        await WriteAsync("far");
        await SealAsync();
        await server.Database.ExecuteAsync("UPDATE event_shift SET value = 0");

        await server.InScopeAsync(async s =>
        {
            foreach (var task in s.GetServices<Postern.Api.IStartTask>().OfType<ShiftPositions>())
                await task.RunAsync(Cancellation);
            return 0;
        });
        await WriteAsync("after");
        await SealAsync();

        (await VerifyAsync()).ShouldBe(new AuditReport(5, 11, 0, 0, null));
    }

    static byte[] Base64Decode(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);

    Task<int> WriteAsync(params string[] actions) => WriteAsAsync(Caller.System, actions);

    Task<int> WriteAsAsync(Caller caller, params string[] actions) => server.InScopeAsync(async s =>
    {
        foreach (var action in actions)
        {
            s.GetRequiredService<RecordEvent>().Add(caller, action, "tests");
            await s.GetRequiredService<PosternDb>().SaveChangesAsync(Cancellation);
        }
        return 0;
    });

    /// <summary>Seals all there is. Transactions of other tests on the same server may hold it up for a moment.</summary>
    async Task SealAsync(SecretSeal? key = null)
    {
        while (!await server.Database.ScalarAsync<bool>("SELECT (SELECT coalesce(max(position), 0) FROM event) < pg_snapshot_xmin(pg_current_snapshot())::text::bigint + value FROM event_shift"))
            Cancellation.ThrowIfCancellationRequested();
        await server.InScopeAsync(async s =>
        {
            await new SealEvents(s.GetRequiredService<PosternDb>(), key ?? s.GetRequiredService<SecretSeal>(), server.Clock).ExecuteAsync([], Cancellation);
            return 0;
        });
    }

    Task<int> KeepAsync() => server.InScopeAsync(async s =>
    {
        await ActivatorUtilities.CreateInstance<KeepEvents>(s).ExecuteAsync([], Cancellation);
        return 0;
    });

    async Task<AuditReport> VerifyAsync(string? anchor = null) => (await server.InScopeAsync(s => s.GetRequiredService<VerifyAudit>().ExecuteAsync(anchor, Cancellation))).Value;

    async Task<(string[] Lines, string Signature)> ExportAsync()
    {
        using var file = new MemoryStream();
        var signed = await server.InScopeAsync(s => s.GetRequiredService<ExportAudit>().ExecuteAsync(file, pair: null, Cancellation));
        return (Encoding.UTF8.GetString(file.ToArray()).TrimEnd('\n').Split('\n'), signed.Value);
    }
}
