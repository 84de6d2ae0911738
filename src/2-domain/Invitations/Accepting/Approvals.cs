using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Invitations.Ledger;
using Postern.Invitations.Mailing;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Invitations.Accepting;

/// <summary>
/// Lets new accounts in, or not: for the person whom the invitation names, for members of its group (also by a group below it), and for superusers. Until
/// then the account is inactive.
/// </summary>
public sealed class Approvals(PosternDb db, WriteLedger ledger, FollowUpMails mails, RecordEvent events, TimeProvider clock)
{
    // $1 who asks: the waiting accounts they may decide about.
    const string Mine = """
        SELECT a.user_pk FROM invitation_approval a JOIN invitation i ON i.pk = a.invitation_pk
        WHERE a.decided_on IS NULL AND ($2 OR i.approver_pk = $1 OR EXISTS (
            SELECT FROM user_group ug CROSS JOIN LATERAL group_ancestors(ug.group_pk) AS g (pk) WHERE ug.user_pk = $1 AND g.pk = i.approver_group_pk))
        ORDER BY a.asked_on
        """;

    const string Approvers = """
        SELECT DISTINCT u.email FROM "user" u
        WHERE u.is_active AND u.email <> '' AND (u.pk = $1::integer OR EXISTS (
            SELECT FROM user_group ug CROSS JOIN LATERAL group_ancestors(ug.group_pk) AS g (pk) WHERE ug.user_pk = u.pk AND g.pk = $2::uuid))
        """;

    /// <summary>Asks for an account, in the current transaction.</summary>
    internal async ValueTask AskAsync(Invitation invitation, User user, HttpRequest request, CancellationToken cancellation)
    {
        db.Add(new Approval { UserPk = user.Pk, InvitationPk = invitation.Pk, AskedOn = clock.GetUtcNow() });
        events.Add(request.HttpContext.Caller(), EventAction.AccessRequestCreated, "authentik_stages_invitation", About(invitation, user));
        var to = new List<string>();
        await using (var rows = await db.ReadAsync(Approvers, cancellation, (object?)invitation.ApproverPk ?? DBNull.Value, (object?)invitation.ApproverGroupPk ?? DBNull.Value))
        {
            while (await rows.ReadAsync(cancellation))
                to.Add(rows.GetString(0));
        }
        await mails.AskAsync(invitation, user, to, request, cancellation);
    }

    /// <summary>Accounts that wait for the caller. Faults: unauthenticated.</summary>
    public async Task<Result<IReadOnlyList<User>>> WaitingAsync(Caller caller, CancellationToken cancellation)
    {
        if (caller.UserPk is not { } pk)
            return new Fault.Unauthenticated();
        var waiting = await KeysAsync(caller, pk, cancellation);
        return Result<IReadOnlyList<User>>.Of(await db.Set<User>().AsNoTracking().Where(u => waiting.Contains(u.Pk)).OrderBy(u => u.DateJoined).ToListAsync(cancellation));
    }

    /// <summary>Lets an account in or leaves it out. Faults: unauthenticated; not found, also for those who have no say in it or after somebody decided.</summary>
    public async Task<Result<Unit>> DecideAsync(HttpContext http, int user, bool grant, CancellationToken cancellation)
    {
        var caller = http.Caller();
        if (caller.UserPk is not { } pk)
            return new Fault.Unauthenticated();
        return await db.InTransactionAsync<Result<Unit>>(
            async () =>
            {
                const string decide = "UPDATE invitation_approval SET decided_on = $2, decided_by = $3, granted = $4 WHERE user_pk = $1 AND decided_on IS NULL";
                if (!(await KeysAsync(caller, pk, cancellation)).Contains(user) || await db.ExecuteAsync(decide, cancellation, user, clock.GetUtcNow(), caller.Username, grant) == 0)
                    return new Fault.NotFound("account that waits for you");
                await FollowAsync(http, user, grant, cancellation);
                return Unit.Value;
            },
            r => r.Fault is null,
            cancellation);
    }

    async Task FollowAsync(HttpContext http, int pk, bool grant, CancellationToken cancellation)
    {
        var approval = await db.Set<Approval>().AsNoTracking().SingleAsync(a => a.UserPk == pk, cancellation);
        var invitation = await db.Set<Invitation>().AsNoTracking().SingleAsync(i => i.Pk == approval.InvitationPk, cancellation);
        var user = await db.Set<User>().SingleAsync(u => u.Pk == pk, cancellation);
        user.IsActive = grant;
        ledger.Add(invitation.Pk, grant ? "approved" : "denied", http.Caller(), user.Username, user.Pk);
        events.Add(http.Caller(), grant ? EventAction.AccessRequestApproved : EventAction.AccessRequestDenied, "authentik_stages_invitation", About(invitation, user));
        if (grant)
            await mails.WelcomeAsync(user, http.Request, cancellation);
        await db.SaveChangesAsync(cancellation);
    }

    async Task<IReadOnlyList<int>> KeysAsync(Caller caller, int pk, CancellationToken cancellation)
    {
        var keys = new List<int>();
        await using var rows = await db.ReadAsync(Mine, cancellation, pk, caller.IsSuperuser);
        while (await rows.ReadAsync(cancellation))
            keys.Add(rows.GetInt32(0));
        return keys;
    }

    static JsonObject About(Invitation invitation, User user) => new()
    {
        ["message"] = $"{user.Username} enrolled by the invitation {invitation.Name}.",
        ["invitation_uuid"] = invitation.Pk.ToString("N"),
        ["user"] = new JsonObject { ["pk"] = user.Pk, ["username"] = user.Username },
    };
}
