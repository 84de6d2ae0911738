using Microsoft.EntityFrameworkCore;
using Postern.Applications;
using Postern.Applications.Access;
using Postern.Directory.Users;
using Postern.Invitations.Accepting;
using Postern.Invitations.Ledger;
using Postern.Kernel.Access;
using Postern.Policies.Engine;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Web.Admin.Invitations;

/// <summary>Who came of an invitation, and whether they can reach any application yet. Writes nothing.</summary>
sealed class FindArrivals(PosternDb db, DecideAccess decide, Snapshot<ApplicationPicture> applications)
{
    /// <summary>People whose access is worked out; for the rest only the count is known.</summary>
    const int Most = 20;

    public async Task<IReadOnlyList<Arrival>> ExecuteAsync(IReadOnlyList<InvitationEntry> history, Caller caller, CancellationToken cancellation)
    {
        var keys = history.Where(e => e is { What: InvitationStatus.Accepted, UserPk: not null }).Select(e => e.UserPk!.Value).Distinct().Take(Most).ToList();
        var users = await db.Set<Directory.Users.User>().AsNoTracking().Where(u => keys.Contains(u.Pk)).ToListAsync(cancellation);
        var waiting = await db.Set<Approval>().Where(a => keys.Contains(a.UserPk) && a.DecidedOn == null).Select(a => a.UserPk).ToListAsync(cancellation);
        var all = (await applications.GetAsync(cancellation)).Applications;
        var arrivals = new List<Arrival>();
        foreach (var user in users)
        {
            var usable = await decide.AmongAsync(all, new PolicyRequest { User = user, Caller = caller, Debug = true }, cancellation);
            var groups = await db.ScalarAsync<string[]>("SELECT array_agg(g.name ORDER BY g.name) FROM user_group ug JOIN \"group\" g ON g.pk = ug.group_pk WHERE ug.user_pk = $1", cancellation, user.Pk);
            arrivals.Add(new Arrival(user, [.. usable.Select(a => a.Name)], groups ?? [], waiting.Contains(user.Pk)));
        }
        return arrivals;
    }
}

/// <summary>Somebody who came.</summary>
/// <param name="Applications">What they may use.</param>
/// <param name="Waits">Nobody has let them in yet.</param>
public sealed record Arrival(Directory.Users.User User, IReadOnlyList<string> Applications, IReadOnlyList<string> Groups, bool Waits);
