using Postern.Directory.Passwords;
using Postern.Directory.Rights;
using Postern.Directory.Sessions;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage.Objects;

namespace Postern.Directory.Users;

/// <summary>
/// An administrator sets a user's password, in clear or as a hash made elsewhere. Needs <c>reset_user_password</c> on the user, who may not hold
/// more rights than the caller. The user is signed out everywhere, except from the caller's own session. Faults: not found, forbidden, invalid,
/// throttled.
/// </summary>
public sealed class ResetPassword(ObjectQuery objects, IAccess access, RightsCeiling ceiling, SetPassword set, BrowserSession browser)
{
    static readonly Permission Reset = Permission.Parse("authentik_core.reset_user_password");

    public Task<Result<Unit>> ExecuteAsync(Caller caller, string user, string password, CancellationToken cancellation) =>
        WithUserAsync(caller, user, found => set.ExecuteAsync(caller, found, password, browser.Uuid, cancellation), cancellation);

    public Task<Result<Unit>> WithHashAsync(Caller caller, string user, string encoded, CancellationToken cancellation) =>
        WithUserAsync(caller, user, found => set.WithHashAsync(caller, found, encoded, browser.Uuid, cancellation), cancellation);

    async Task<Result<Unit>> WithUserAsync(Caller caller, string lookup, Func<User, Task<Result<Unit>>> work, CancellationToken cancellation)
    {
        if (!(await objects.FindAsync(UserKind.Kind, caller, lookup, tracked: true, cancellation)).Succeeded(out var entity, out var missing))
            return missing;
        var user = (User)entity;
        if (await access.RefuseAsync(caller, Reset, UserKind.Kind.KeyOf(user), cancellation) is { } refusal)
            return refusal;
        if (await ceiling.RefuseAsync(caller, user.Pk, cancellation) is { } above)
            return above;
        return await work(user);
    }
}
