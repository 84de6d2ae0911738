using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Policies.Engine;
using Postern.Storage;
using Postern.Storage.Objects;
using Postern.Storage.Snapshots;

namespace Postern.Applications.Access;

/// <summary>
/// Lists the applications somebody may use. Who may is decided before pages are cut, from bindings in memory, so that a page is always full
/// and the number of statements does not depend on the number of applications.
/// </summary>
public sealed class ListApplications(PosternDb db, ObjectQuery objects, IAccess access, DecideAccess decide, Snapshot<ApplicationPicture> pictures)
{
    /// <summary>Permission to ask what another user may use.</summary>
    public static readonly Permission ViewOthers = new("authentik_core", "view_user_applications");

    /// <summary>
    /// A page of the collection. Faults: unauthenticated; not found for a page that is not there; invalid for malformed filters, and when the
    /// caller may not ask about the user.
    /// </summary>
    public async Task<Result<ObjectPage>> ExecuteAsync(Caller caller, ApplicationListRequest request, HttpFacts? http, CancellationToken cancellation)
    {
        if (!caller.IsAuthenticated)
            return new Fault.Unauthenticated();
        var picture = await pictures.GetAsync(cancellation);
        var asked = picture.Applications.Where(a => !request.OnlyWithLaunchUrl || (!a.MetaHide && LaunchUrl.IsShown(picture.LaunchUrlOf(a))));
        if (!(request.SuperuserFullList && caller.IsSuperuser))
        {
            if (await SubjectAsync(caller, request.ForUser, cancellation) is not { } user)
                return Fault.Field("for_user", "User not found");
            asked = await decide.AmongAsync(asked, new PolicyRequest { User = user, Caller = caller, Http = http }, cancellation);
        }
        return await objects.ListAsync(ApplicationKind.Kind, Caller.System, request.List with { Only = [.. asked.Select(a => (object)a.Pk)] }, cancellation);
    }

    async ValueTask<User?> SubjectAsync(Caller caller, int? forUser, CancellationToken cancellation)
    {
        var pk = forUser ?? caller.UserPk;
        if (pk != caller.UserPk && await access.RefuseAsync(caller, ViewOthers, $"{pk}", cancellation) is not null)
            return null;
        return await UserKind.Kind.In(db).AsNoTracking().FirstOrDefaultAsync(u => u.Pk == pk, cancellation);
    }
}

/// <summary>What part of the applications is asked for.</summary>
/// <param name="List">Page, search, ordering and filters.</param>
public sealed record ApplicationListRequest(ListRequest List)
{
    /// <summary>Whose applications; the caller's own where null.</summary>
    public int? ForUser { get; init; }

    /// <summary>Only those a person can open and that are not hidden.</summary>
    public bool OnlyWithLaunchUrl { get; init; }

    /// <summary>All there are, whoever may use them; honoured for superusers alone.</summary>
    public bool SuperuserFullList { get; init; }
}
