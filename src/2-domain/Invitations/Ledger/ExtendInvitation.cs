using System.Globalization;
using System.Text.Json;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage.Objects;

namespace Postern.Invitations.Ledger;

/// <summary>Gives an invitation more time; one that has expired opens again. Needs the right to change it. Faults: forbidden, not found, invalid (no moment, a moment in the past, an ended invitation).</summary>
public sealed class ExtendInvitation(FindToManage find, SaveObject save, WriteLedger ledger, TimeProvider clock)
{
    public async Task<Result<Invitation>> ExecuteAsync(Caller caller, string pk, DateTimeOffset? wanted, CancellationToken cancellation)
    {
        if (!(await find.ExecuteAsync(caller, pk, cancellation)).Succeeded(out var invitation, out var missing))
            return missing;
        if (invitation.IsClosed)
            return Fault.Input("It has ended already.");
        if (wanted is not { } until)
            return Fault.Field("expires", "Enter a moment such as 2026-12-24T18:00:00Z.");
        if (until <= clock.GetUtcNow())
            return Fault.Field("expires", "That is in the past.");
        // The last day's reminder counts anew.
        invitation.Reminded = Math.Min(invitation.Reminded, 1);
        ledger.Add(invitation.Pk, "extended", caller, $"Until {until.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}.");
        var change = JsonSerializer.SerializeToElement(new { expires = until, expiring = true });
        return (await save.UpdateAsync(InvitationKind.Kind, caller, invitation, change, SaveOptions.Patch, cancellation)).Then(_ => invitation);
    }
}
