using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Passwords;
using Postern.Directory.Tokens;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Kernel.Values;
using Postern.Storage;

namespace Postern.Stages.Credentials;

/// <summary>Checks a password against the backends of a stage, in their order. Unknown users cost as much time as known ones, and failures make all of them wait.</summary>
sealed class Authenticate(PosternDb db, CheckPassword check, SignInAttempts attempts, TimeProvider clock)
{
    /// <summary>How it was proved, or null when it was not. Faults: throttled.</summary>
    /// <param name="http">The request; the address and the browser count.</param>
    /// <param name="user">Whose password it should be; null for an unknown person.</param>
    /// <param name="identifier">What was typed in as the name.</param>
    /// <param name="password">The password as typed in.</param>
    /// <param name="backends">Names of backends, in order.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async ValueTask<Result<Proof?>> ExecuteAsync(HttpContext http, User? user, string identifier, string password, IReadOnlyList<string> backends, CancellationToken cancellation)
    {
        if (!(await attempts.BeginAsync(http, user, identifier, cancellation)).Succeeded(out var subjects, out var wait))
            return wait;
        var outcome = await CheckAsync(user, password, backends, cancellation);
        // An overloaded server has not looked at the password at all.
        if (outcome.Fault is null && await attempts.SettleAsync(subjects, outcome.Value is not null, cancellation) is { } late)
            return late;
        return outcome;
    }

    async ValueTask<Result<Proof?>> CheckAsync(User? user, string password, IReadOnlyList<string> backends, CancellationToken cancellation)
    {
        foreach (var name in backends)
        {
            if (!WireEnum<PasswordBackend>.TryParse(name, out var backend))
                continue;
            switch (backend)
            {
                case PasswordBackend.Inbuilt:
                    var own = await check.ExecuteAsync(user is { IsActive: true, Pk: > 0 } ? user : null, password, cancellation);
                    if (own.Fault is { } fault)
                        return fault;
                    if (own.Value)
                        return new Proof(name, "password");
                    break;
                case PasswordBackend.AppPassword when await IsAppPasswordAsync(user is { IsActive: true } ? user.Pk : 0, password, cancellation):
                    return new Proof(name, "token");
            }
        }
        return (Proof?)null;
    }

    async ValueTask<bool> IsAppPasswordAsync(int user, string password, CancellationToken cancellation)
    {
        var (now, hash) = (clock.GetUtcNow(), Token.HashOf(password));
        return await db.Set<Token>().AnyAsync(
            t => t.UserPk == user && t.Intent == TokenIntent.AppPassword && t.KeyHash == hash && (!t.Expiring || t.Expires == null || t.Expires > now), cancellation);
    }
}

/// <summary>How a user proved who they are.</summary>
/// <param name="Backend">Name of the backend that agreed.</param>
/// <param name="Method"><c>password</c> or <c>token</c>.</param>
sealed record Proof(string Backend, string Method);
