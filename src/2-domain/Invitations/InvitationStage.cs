using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Brands.Settings;
using Postern.Directory.Users;
using Postern.Flows;
using Postern.Flows.Plans;
using Postern.Flows.Running;
using Postern.Invitations.Accepting;
using Postern.Invitations.Ledger;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Snapshots;

namespace Postern.Invitations;

/// <summary>Lets through who comes by an invitation's link, and takes its data into the run.</summary>
public sealed class InvitationStage : Stage
{
    public bool ContinueFlowWithoutInvitation { get; set; }

    public static readonly ModelKind<InvitationStage> Kind = StageKind.Declare<InvitationStage>(
        "authentik_stages_invitation.invitationstage", "invitation/stages", "ak-stage-invitation-form", "Invitation Stage", static k =>
        {
            k.Describe("Opens the flow to people who hold an invitation.");
            k.Boolean("continue_flow_without_invitation", s => s.ContinueFlowWithoutInvitation)
                .Help("If this flag is set, this Stage will jump to the next Stage when no Invitation is given.");
        });
}

/// <summary>Finds the invitation of the link. Opening it uses nothing up, unless the settings say so.</summary>
sealed class RunInvitation(PosternDb db, Snapshot<SystemSettings> settings, ConsumeInvitation consume, DescribeInvitation describe, WriteLedger ledger, TimeProvider clock) : IStage<InvitationStage>
{
    public async ValueTask<StageOutcome> StartAsync(InvitationStage stage, StageRun run, CancellationToken cancellation)
    {
        if (await FindAsync(run, cancellation) is not { } invitation)
            return stage.ContinueFlowWithoutInvitation ? StageOutcome.Done : StageOutcome.Deny(ConsumeInvitation.NotFound);
        if (!run.Context.ContainsKey(ConsumeInvitation.InvitationKey))
            PlainValue.Merge(run.Context.PromptData, (IDictionary<string, object?>)PlainValue.Of(invitation.FixedData)!);
        run.Context[ConsumeInvitation.InvitationKey] = invitation;
        run.Context[ConsumeInvitation.InEffectKey] = true;
        run.Context[PlanContext.NoticeKey] = (await describe.ExecuteAsync(invitation, run.Http, cancellation)).ToNotice();
        await ledger.FirstAsync(invitation.Pk, InvitationStatus.Opened, run.Http.Caller(), cancellation);
        if (invitation.SingleUse && (await settings.GetAsync(cancellation)).InvitationBurnOnOpen && await consume.CompleteAsync(run, cancellation) is { } refusal)
            return StageOutcome.Deny(refusal);
        return StageOutcome.Done;
    }

    public ValueTask<StageOutcome> AnswerAsync(InvitationStage stage, StageRun run, JsonObject answer, CancellationToken cancellation) => StartAsync(stage, run, cancellation);

    async ValueTask<Invitation?> FindAsync(StageRun run, CancellationToken cancellation)
    {
        var text = run.Query["itoken"] ?? run.Query["token"]
            ?? (run.Context.HasPromptData && run.Context.PromptData.TryGetValue("token", out var given) ? given as string : null);
        if (!Guid.TryParse(text, out var pk) || await db.Set<Invitation>().AsNoTracking().FirstOrDefaultAsync(i => i.Pk == pk, cancellation) is not { } invitation)
            return null;
        var why = invitation.WhyNot(run.Flow.Pk, clock.GetUtcNow()) ?? await SuspendedAsync(invitation, cancellation);
        if (why is null)
            return invitation;
        await ledger.RefusedAsync(invitation.Pk, run.Http.Caller(), $"{why} (flow {run.Flow.Slug})", cancellation);
        return null;
    }

    async ValueTask<string?> SuspendedAsync(Invitation invitation, CancellationToken cancellation) =>
        invitation.SuspendWithInviter && !await db.Set<User>().AnyAsync(u => u.Pk == invitation.CreatedByPk && u.IsActive, cancellation)
            ? "It is suspended while its creator is deactivated."
            : null;
}
