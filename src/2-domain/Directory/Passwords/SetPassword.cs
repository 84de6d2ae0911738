using Postern.Directory.Sessions;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Directory.Passwords;

/// <summary>
/// Gives a user another password: writes the hash and its date, ends the user's other sessions and records <c>password_set</c>, in one
/// transaction. Whether the caller may do so, and whether the password is good enough, its door has asked. Faults: throttled.
/// </summary>
public sealed class SetPassword(PosternDb db, HashQueue hashes, EndSessions sessions, RecordEvent events, TimeProvider clock)
{
    /// <summary>Sets a password. <paramref name="user"/> is stored and tracked; the session <paramref name="keep"/> lives on.</summary>
    public async Task<Result<Unit>> ExecuteAsync(Caller caller, User user, string password, Guid? keep, CancellationToken cancellation)
    {
        if (!(await hashes.EncodeAsync(password, cancellation)).Succeeded(out var encoded, out var fault))
            return fault;
        return await WithHashAsync(caller, user, encoded, keep, cancellation);
    }

    /// <summary>Takes over a hash made elsewhere, which must be of a known form.</summary>
    public async Task<Result<Unit>> WithHashAsync(Caller caller, User user, string encoded, Guid? keep, CancellationToken cancellation)
    {
        if (!PasswordHash.IsKnown(encoded))
            return Fault.Field("password", "Invalid password hash. Expected pbkdf2_sha256$iterations$salt$hash.");
        return await db.InTransactionAsync<Result<Unit>>(
            async () =>
            {
                (user.Password, user.PasswordChangeDate) = (encoded, clock.GetUtcNow());
                events.Add(caller, EventAction.PasswordSet, "authentik_core", new System.Text.Json.Nodes.JsonObject { ["synced_from_source"] = false }, Actor(caller, user));
                await db.SaveChangesAsync(cancellation);
                await sessions.OfUsersAsync([user.Pk], keep, cancellation);
                return Unit.Value;
            },
            _ => true,
            cancellation);
    }

    // The affected user is the subject; who set it for somebody else stands beside it.
    static System.Text.Json.Nodes.JsonObject Actor(Caller caller, User user) =>
        EventActor.Pending(EventActor.Of(user.Pk, user.Username, user.Email), caller);
}
