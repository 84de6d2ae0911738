using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Flows.Running;
using Postern.Invitations.Accepting;
using Postern.Invitations.Ledger;
using Postern.Storage;

namespace Postern.Invitations;

/// <summary>
/// Uses an invitation up with the account it makes: the use is counted in the same transaction and never above the limit, so that of any number of people
/// finishing at once as many succeed as it has uses. What has expired, was revoked or deleted meanwhile refuses.
/// </summary>
sealed class ConsumeInvitation(PosternDb db, TakeUse take, WriteLedger ledger, FinishAcceptance finish) : IFlowCompletion
{
    public const string NotFound = "Invalid invite/invite not found";
    public const string InvitationKey = "invitation";
    public const string InEffectKey = "invitation_in_effect";
    const string ConsumedKey = "postern/invitation/consumed";
    const string StartedKey = "postern/invitation/started";

    public async ValueTask<string?> CompleteAsync(StageRun run, CancellationToken cancellation)
    {
        if (Of(run) is not { } planned)
            return null;
        // As it is now; the plan's copy is as it was when it was opened.
        if (await db.Set<Invitation>().AsNoTracking().FirstOrDefaultAsync(i => i.Pk == planned.Pk, cancellation) is not { } invitation)
            return run.Context.Flag(ConsumedKey) ? null : NotFound;
        if (run.Context.PromptData.TryGetValue("email", out var email) && AdmitEmail.Refusal(invitation, email as string ?? "") is { } wrong)
            return wrong;
        if (run.Context.Flag(ConsumedKey))
            return null;
        if (!await take.ExecuteAsync(invitation.Pk, run.Http.Caller(), cancellation))
            return NotFound;
        run.Context[ConsumedKey] = true;
        return null;
    }

    public async ValueTask AnsweredAsync(StageRun run, CancellationToken cancellation)
    {
        if (Of(run) is not { } invitation || run.Context.Flag(StartedKey))
            return;
        run.Context[StartedKey] = true;
        await ledger.FirstAsync(invitation.Pk, InvitationStatus.Started, run.Http.Caller(), cancellation);
    }

    public async ValueTask AccountMadeAsync(StageRun run, User user, CancellationToken cancellation)
    {
        if (Of(run) is { } planned && await db.FindAsync<Invitation>([planned.Pk], cancellation) is { } invitation)
            await finish.ExecuteAsync(invitation, user, run, cancellation);
    }

    static Invitation? Of(StageRun run) => run.Context.TryGetValue(InvitationKey, out var value) ? value as Invitation : null;
}
