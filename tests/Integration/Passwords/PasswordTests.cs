using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Directory.Passwords;
using Postern.Directory.Users;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Passwords;

public sealed class PasswordTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    readonly TestServer server = fixture.Server;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    Task<bool> CheckAsync(int? pk, string password) => server.InScopeAsync(async services =>
    {
        var user = await services.GetRequiredService<PosternDb>().Set<User>().FirstOrDefaultAsync(u => u.Pk == pk, Cancellation);
        return (await services.GetRequiredService<CheckPassword>().ExecuteAsync(user, password, Cancellation)).Value;
    });

    Task<string> StoredAsync(int pk) => server.Database.ScalarAsync<string>($"SELECT password FROM \"user\" WHERE pk = {pk}")!;

    [Fact]
    public async Task A_set_password_fits_is_dated_and_recorded_and_ends_sessions()
    {
        var user = await server.AddUserAsync("ann");
        await server.Database.ExecuteAsync(
            $"INSERT INTO session SELECT gen_random_uuid(), sha256(n::text::bytea), {user.Pk}, NULL, now(), now(), now(), interval '1 day', now() + interval '1 day', false, NULL, '', '', '{{}}', '{{}}', '{{}}' FROM generate_series(1, 2) n");
        var kept = await server.Database.ScalarAsync<Guid>($"SELECT uuid FROM session WHERE user_pk = {user.Pk} LIMIT 1");
        server.Clock.Advance(TimeSpan.FromHours(1));

        await server.InScopeAsync(async services =>
        {
            var stored = await services.GetRequiredService<PosternDb>().Set<User>().SingleAsync(u => u.Pk == user.Pk, Cancellation);
            return await services.GetRequiredService<SetPassword>().ExecuteAsync(new Caller(1, "admin", IsSuperuser: true, CallerKind.User), stored, "s3cret", kept, Cancellation);
        });

        (await CheckAsync(user.Pk, "s3cret")).ShouldBeTrue();
        (await CheckAsync(user.Pk, "S3cret")).ShouldBeFalse();
        (await server.Database.ScalarAsync<DateTime>($"SELECT password_change_date FROM \"user\" WHERE pk = {user.Pk}")).ShouldBe(server.Clock.GetUtcNow().UtcDateTime);
        (await server.Database.ScalarAsync<string>($"SELECT \"user\" -> 'authenticated_as' ->> 'username' FROM event WHERE action = 'password_set' AND \"user\" ->> 'username' = 'ann'")).ShouldBe("admin");
        (await server.Database.ScalarAsync<Guid>($"SELECT uuid FROM session WHERE user_pk = {user.Pk}")).ShouldBe(kept);
    }

    [Fact]
    public async Task Nobody_and_users_without_password_fail()
    {
        var user = await server.AddUserAsync("passwordless");
        (await CheckAsync(user.Pk, "!")).ShouldBeFalse();
        (await CheckAsync(user.Pk, "")).ShouldBeFalse();
        (await CheckAsync(pk: null, "nobody")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_weaker_hash_is_raised_at_sign_in_and_nowhere_else()
    {
        var user = await server.AddUserAsync("old", u => u.Password = PasswordHash.Encode("s3cret", 10));
        var date = await server.Database.ScalarAsync<DateTime>($"SELECT password_change_date FROM \"user\" WHERE pk = {user.Pk}");
        var weak = await StoredAsync(user.Pk);

        (await CheckAsync(user.Pk, "wrong")).ShouldBeFalse();
        (await StoredAsync(user.Pk)).ShouldBe(weak);
        (await CheckAsync(user.Pk, "s3cret")).ShouldBeTrue();

        (await StoredAsync(user.Pk)).ShouldStartWith("pbkdf2_sha256$1000$");
        (await CheckAsync(user.Pk, "s3cret")).ShouldBeTrue();
        (await server.Database.ScalarAsync<DateTime>($"SELECT password_change_date FROM \"user\" WHERE pk = {user.Pk}")).ShouldBe(date);
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM event WHERE action = 'password_set' AND \"user\" ->> 'username' = 'old'")).ShouldBe(0);
    }

    [Fact]
    public async Task Hashes_from_elsewhere_are_taken_only_in_a_known_form()
    {
        var user = await server.AddUserAsync("imported");
        var (good, bad) = await server.InScopeAsync(async services =>
        {
            var stored = await services.GetRequiredService<PosternDb>().Set<User>().SingleAsync(u => u.Pk == user.Pk, Cancellation);
            var set = services.GetRequiredService<SetPassword>();
            return (await set.WithHashAsync(Caller.System, stored, PasswordHash.Encode("moved", 20), keep: null, Cancellation),
                await set.WithHashAsync(Caller.System, stored, "md5$a$b", keep: null, Cancellation));
        });

        good.Fault.ShouldBeNull();
        bad.Fault!.Message.ShouldContain("Invalid password hash");
        (await CheckAsync(user.Pk, "moved")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_storm_is_refused_beyond_the_queue()
    {
        var settings = server.Services.GetRequiredService<Kernel.Settings.PosternSettings>() with { PasswordIterations = 5_000_000 };
        using var queue = new HashQueue(settings, TimeProvider.System);
        using var enough = new CancellationTokenSource();

        // Each would take a second; the two that run and those that wait are cancelled once the refusals are counted.
        var attempts = Enumerable.Range(0, Environment.ProcessorCount * 60).Select(_ => queue.VerifyAsync("a", encoded: null, enough.Token)).ToList();
        var refused = attempts.Where(a => a.IsCompletedSuccessfully).Select(a => a.Result.Fault).ToList();
        await enough.CancelAsync();

        refused.Count.ShouldBe(Environment.ProcessorCount * 9);
        refused.ShouldAllBe(fault => fault is Kernel.Fault.Throttled);
        await Should.ThrowAsync<OperationCanceledException>(Task.WhenAll(attempts));
    }
}
