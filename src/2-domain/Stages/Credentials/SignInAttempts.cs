using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Postern.Api.Http;
using Postern.Directory.Sessions;
using Postern.Directory.Users;
using Postern.Kernel;

namespace Postern.Stages.Credentials;

/// <summary>
/// Slows guessing of passwords down: waits grow with each failure. An attempt is settled after the password was looked at, one after another for a subject, and one that comes into a wait is refused
/// whether or not the password was right: of a hundred guesses at once, no more can be learnt than of a few one after another. What strangers do elsewhere locks nobody out: a known device has a
/// count of its own, and the wait of a whole account stays short.
/// </summary>
sealed class SignInAttempts(NpgsqlDataSource database, KnownDevices devices, TimeProvider clock)
{
    /// <summary>After this time without an attempt, failures count no more.</summary>
    static readonly TimeSpan Forget = TimeSpan.FromDays(1);

    /// <summary>What an attempt is counted under. Faults: throttled, alike for accounts that exist and those that do not.</summary>
    public async ValueTask<Result<AttemptSubjects>> BeginAsync(HttpContext http, User? user, string identifier, CancellationToken cancellation)
    {
        var subjects = await SubjectsAsync(http, user, identifier, cancellation);
        await using var command = Command("SELECT sign_in_wait($1, $2, $3, $4, $5)", subjects);
        return await RefusalAsync(command, cancellation) is { } wait ? wait : subjects;
    }

    /// <summary>Counts the outcome, in a transaction of its own. The fault is that of an attempt that came into a wait; its outcome must not be told.</summary>
    public async ValueTask<Fault.Throttled?> SettleAsync(AttemptSubjects subjects, bool succeeded, CancellationToken cancellation)
    {
        await using var command = Command("SELECT settle_sign_in($1, $2, $3, $4, $5, $6)", subjects);
        command.Parameters.Add(new() { Value = succeeded });
        return await RefusalAsync(command, cancellation);
    }

    NpgsqlCommand Command(string sql, AttemptSubjects subjects)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = subjects.All.Select(s => s.Name).ToArray() });
        command.Parameters.Add(new() { Value = subjects.All.Select(s => s.Free).ToArray() });
        command.Parameters.Add(new() { Value = subjects.All.Select(s => s.Longest).ToArray() });
        command.Parameters.Add(new() { Value = Forget });
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        return command;
    }

    static async ValueTask<Fault.Throttled?> RefusalAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        var wait = (TimeSpan)(await command.ExecuteScalarAsync(cancellation))!;
        return wait > TimeSpan.Zero ? new Fault.Throttled($"Too many failed attempts. Try again in {Words(wait)}.", wait) : null;
    }

    async ValueTask<AttemptSubjects> SubjectsAsync(HttpContext http, User? user, string identifier, CancellationToken cancellation)
    {
        if (user is { Pk: > 0 } && await devices.FindAsync(http, user.Pk, cancellation) is { } device)
            return new([new($"device {device.Uuid}", Free: 10, TimeSpan.FromMinutes(15))]);
        var account = (user is { Pk: > 0 } ? user.Username : identifier).ToLowerInvariant();
        var address = http.Caller().ClientIp is { } ip ? Network(ip) : "";
        return new(
        [
            new($"pair {address} {account}", Free: 5, TimeSpan.FromMinutes(15)),
            new($"account {account}", Free: 20, TimeSpan.FromMinutes(1)),
            new($"address {address}", Free: 100, TimeSpan.FromMinutes(15)),
        ]);
    }

    /// <summary>Who has one address of IPv6 has the 2^64 beside it too.</summary>
    static string Network(IPAddress address)
    {
        if (address.AddressFamily is AddressFamily.InterNetwork)
            return address.ToString();
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes).ToString();
    }

    static string Words(TimeSpan wait) => wait switch
    {
        { TotalSeconds: <= 1 } => "a second",
        { TotalSeconds: < 60 } => $"{Math.Ceiling(wait.TotalSeconds)} seconds",
        { TotalSeconds: 60 } => "a minute",
        _ => $"{Math.Ceiling(wait.TotalMinutes)} minutes",
    };
}

/// <summary>What an attempt is counted under.</summary>
sealed record AttemptSubjects(IReadOnlyList<AttemptSubject> All);

/// <summary>One count.</summary>
/// <param name="Name">Its key in the database.</param>
/// <param name="Free">Failures that are followed by no wait.</param>
/// <param name="Longest">The longest wait; it begins with a second and doubles.</param>
sealed record AttemptSubject(string Name, int Free, TimeSpan Longest);
