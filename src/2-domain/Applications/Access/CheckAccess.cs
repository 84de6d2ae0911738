using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Policies.Engine;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Applications.Access;

/// <summary>Tells whether somebody may use an application, and administrators also why. Writes nothing.</summary>
public sealed class CheckAccess(PosternDb db, IAccess access, DecideAccess decide, Snapshot<ApplicationPicture> pictures)
{
    /// <summary>
    /// The verdict for the caller, or for <paramref name="forUser"/> where the caller is a superuser or may view that user's applications;
    /// others are answered about themselves. Faults: unauthenticated, not found, invalid when there is no such user.
    /// </summary>
    public async Task<Result<AccessReport>> ExecuteAsync(Caller caller, string slug, int? forUser, HttpFacts? http, CancellationToken cancellation)
    {
        if (!caller.IsAuthenticated)
            return new Fault.Unauthenticated();
        if ((await pictures.GetAsync(cancellation)).Find(slug) is not { } application)
            return new Fault.NotFound(ApplicationKind.Kind.Label);
        var pk = forUser is { } other && await MayAskAsync(caller, other, cancellation) ? other : caller.UserPk;
        if (await UserKind.Kind.In(db).AsNoTracking().FirstOrDefaultAsync(u => u.Pk == pk, cancellation) is not { } user)
            return Fault.Field("for_user", "User not found");
        var request = new PolicyRequest { User = user, Caller = caller, Http = http, Debug = true };
        return new AccessReport(application, user, await decide.ExecuteAsync(application, request, cancellation))
        {
            ShowsWhy = await access.RefuseAsync(caller, ApplicationKind.Kind.Change, ApplicationKind.Kind.KeyOf(application), cancellation) is null,
        };
    }

    async ValueTask<bool> MayAskAsync(Caller caller, int other, CancellationToken cancellation) =>
        await access.RefuseAsync(caller, ListApplications.ViewOthers, $"{other}", cancellation) is null;
}

/// <summary>Whether a user may use an application.</summary>
public sealed record AccessReport(Application Application, User User, PolicyResult Result)
{
    /// <summary>The asker may see how each binding decided, and what policies logged.</summary>
    public bool ShowsWhy { get; init; }
}
