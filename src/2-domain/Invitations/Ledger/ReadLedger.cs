using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Invitations.Ledger;

/// <summary>What happened to an invitation, and how many there are of each state, as far as the caller may see invitations.</summary>
public sealed class ReadLedger(PosternDb db, ObjectQuery objects, TimeProvider clock)
{
    /// <summary>The history, newest first; an expiry that came by itself stands in it too. Faults: forbidden, not found.</summary>
    public async Task<Result<IReadOnlyList<InvitationEntry>>> OfAsync(Caller caller, string pk, CancellationToken cancellation)
    {
        if (!(await objects.FindAsync(InvitationKind.Kind, caller, pk, tracked: false, cancellation)).Succeeded(out var found, out var missing))
            return missing;
        var invitation = (Invitation)found;
        var entries = await db.Set<InvitationEntry>().AsNoTracking().Where(e => e.InvitationPk == invitation.Pk).OrderBy(e => e.At).ThenBy(e => e.Id).ToListAsync(cancellation);
        if (invitation is { IsClosed: false, Expires: { } end } && end <= clock.GetUtcNow())
            entries.Add(new InvitationEntry { InvitationPk = invitation.Pk, At = end, What = InvitationStatus.Expired });
        return Result<IReadOnlyList<InvitationEntry>>.Of([.. entries.OrderByDescending(e => e.At).ThenByDescending(e => e.Id)]);
    }

    /// <summary>Numbers by state; states without any are left out. Faults: forbidden.</summary>
    public async Task<Result<IReadOnlyDictionary<string, int>>> CountAsync(Caller caller, CancellationToken cancellation)
    {
        var all = new ListRequest { Filters = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["status"] = ["all"] } };
        if (!(await objects.MatchingAsync(InvitationKind.Kind, caller, all, cancellation)).Succeeded(out var query, out var refusal))
            return refusal;
        var counts = await query.GroupBy(InvitationStatus.At(clock.GetUtcNow())).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, StringComparer.Ordinal, cancellation);
        counts["open"] = await query.CountAsync(InvitationStatus.IsOpen, cancellation);
        return counts;
    }
}
