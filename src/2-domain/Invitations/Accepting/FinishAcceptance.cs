using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Flows.Plans;
using Postern.Flows.Running;
using Postern.Invitations.Ledger;
using Postern.Invitations.Mailing;
using Postern.Storage;

namespace Postern.Invitations.Accepting;

/// <summary>What follows once an invitation has made an account: its gifts, the record of who came of it, mails, approval, and where the person lands.</summary>
sealed class FinishAcceptance(PosternDb db, ApplyGrants grants, WriteLedger ledger, FollowUpMails mails, Approvals approvals)
{
    /// <summary>Page of people who wait for approval.</summary>
    public const string WaitingPage = "/if/invitation/waiting/";

    public async ValueTask ExecuteAsync(Invitation invitation, User user, StageRun run, CancellationToken cancellation)
    {
        // The count was written beside this copy.
        await db.Entry(invitation).ReloadAsync(cancellation);
        if (invitation.BindEmail && user.Email.Length == 0)
            user.Email = invitation.Address;
        await grants.ExecuteAsync(invitation, user, isNew: true, cancellation);
        ledger.Add(invitation.Pk, InvitationStatus.Accepted, run.Http.Caller(), user.Username, user.Pk);
        await mails.AcceptedAsync(invitation, user, run.Http.Request, cancellation);
        if (invitation.NeedsApproval)
        {
            user.IsActive = false;
            await approvals.AskAsync(invitation, user, run.Http.Request, cancellation);
            // Nobody is signed in before somebody has let them in.
            run.Plan.Stages.RemoveRange(1, run.Plan.Stages.Count - 1);
            run.Plan.Redirect(WaitingPage);
        }
        else if (invitation.LandingApplicationPk is { } application
            && await db.ScalarAsync<string>("SELECT slug FROM application WHERE pk = $1", cancellation, application) is { } slug)
            run.Context[PlanContext.RedirectKey] = $"/application/launch/{slug}/";
    }
}
