using System.Text.Json.Nodes;
using Postern.Directory.Users;
using Postern.Flows;
using Postern.Flows.Plans;
using Postern.Flows.Running;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Stages.UserDelete;

/// <summary>Deletes the account the flow is about.</summary>
public sealed class UserDeleteStage : Stage
{
    public static readonly ModelKind<UserDeleteStage> Kind = StageKind.Declare<UserDeleteStage>(
        "authentik_stages_user_delete.userdeletestage", "user_delete", "ak-stage-user-delete-form", "User Delete Stage", static k =>
            k.Describe("Deletes the person's account. Put a consent or prompt before it."));
}

/// <summary>Deletes the pending user and ends their session.</summary>
sealed class RunUserDelete(DeleteObject delete) : IStage<UserDeleteStage>
{
    const string NoUser = "No Pending User.";

    public async ValueTask<StageOutcome> StartAsync(UserDeleteStage stage, StageRun run, CancellationToken cancellation)
    {
        if (run.PendingUser is not { Pk: > 0 } user)
        {
            run.Say(MessageLevel.Error, NoUser);
            return StageOutcome.Deny(NoUser);
        }
        var deleted = await delete.ExecuteAsync(UserKind.Kind, Caller.System, user, cancellation);
        if (deleted.Fault is { } fault)
            return StageOutcome.Deny(fault.Message);
        run.Context.Remove(PlanContext.PendingUserKey);
        run.SignedIn = null;
        return StageOutcome.Done;
    }

    public ValueTask<StageOutcome> AnswerAsync(UserDeleteStage stage, StageRun run, JsonObject answer, CancellationToken cancellation) => StartAsync(stage, run, cancellation);
}
