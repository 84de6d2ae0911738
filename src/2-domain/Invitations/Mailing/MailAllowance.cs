using Postern.Brands.Settings;
using Postern.Kernel;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Invitations.Mailing;

/// <summary>How many invitations may still be mailed in this hour, as the system settings limit it.</summary>
public sealed class MailAllowance(PosternDb db, Snapshot<SystemSettings> settings, TimeProvider clock)
{
    static readonly TimeSpan Span = TimeSpan.FromHours(1);

    /// <summary>Room for all together, and who has none left.</summary>
    public async Task<(int Room, int PerInviter, Dictionary<int, int> Used)> ReadAsync(CancellationToken cancellation)
    {
        var current = await settings.GetAsync(cancellation);
        var used = new Dictionary<int, int>();
        if (current is { InvitationMailsPerHour: 0, InvitationMailsPerInviter: 0 })
            return (int.MaxValue, int.MaxValue, used);
        await using (var rows = await db.ReadAsync("SELECT coalesce(inviter_pk, 0), count(*)::integer FROM invitation_mail WHERE queued_on > $1 GROUP BY 1", cancellation, clock.GetUtcNow() - Span))
        {
            while (await rows.ReadAsync(cancellation))
                used[rows.GetInt32(0)] = rows.GetInt32(1);
        }
        var room = current.InvitationMailsPerHour == 0 ? int.MaxValue : Math.Max(0, current.InvitationMailsPerHour - used.Values.Sum());
        return (room, current.InvitationMailsPerInviter == 0 ? int.MaxValue : current.InvitationMailsPerInviter, used);
    }

    /// <summary>Null when this inviter may mail as many now, else the fault to answer.</summary>
    public async Task<Fault?> RefuseAsync(int inviter, int count, CancellationToken cancellation)
    {
        var (room, most, used) = await ReadAsync(cancellation);
        return count > room || count > most - used.GetValueOrDefault(inviter)
            ? new Fault.Throttled("More invitations would be mailed in this hour than the system settings allow. Try again later, or schedule it.", Span)
            : null;
    }
}
