using System.Text.Json.Nodes;
using Postern.Directory.Sessions;
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
            k.Describe("Deletes the person's account. Asks first, unless the answer to a stage before it led here."));
}

/// <summary>Deletes the pending user and ends their session.</summary>
sealed class RunUserDelete(DeleteObject delete, SignOut signOut) : IStage<UserDeleteStage>
{
    const string NoUser = "No Pending User.";

    public ValueTask<StageOutcome> StartAsync(UserDeleteStage stage, StageRun run, CancellationToken cancellation) =>
        Confirmation.IsDue(run) && run.PendingUser is { Pk: > 0 } user
            ? ValueTask.FromResult<StageOutcome>(Confirmation.Ask(run, Question(user)))
            : DeleteAsync(run, cancellation);

    public ValueTask<StageOutcome> AnswerAsync(UserDeleteStage stage, StageRun run, JsonObject answer, CancellationToken cancellation) =>
        run.PendingUser is { Pk: > 0 } user && Confirmation.Refusal(run, Question(user), answer) is { } again
            ? ValueTask.FromResult<StageOutcome>(again)
            : DeleteAsync(run, cancellation);

    async ValueTask<StageOutcome> DeleteAsync(StageRun run, CancellationToken cancellation)
    {
        if (run.PendingUser is not { Pk: > 0 } user)
        {
            run.Say(MessageLevel.Error, NoUser);
            return StageOutcome.Deny(NoUser);
        }
        // Their session goes with the account, which the run needs to know of.
        if (run.SignedIn?.Pk == user.Pk)
        {
            await signOut.ExecuteAsync(run.Http, context: null, cancellation);
            run.SignedIn = null;
        }
        var deleted = await delete.ExecuteAsync(UserKind.Kind, Caller.System, user, cancellation);
        if (deleted.Fault is { } fault)
            return StageOutcome.Deny(fault.Message);
        run.Context.Remove(PlanContext.PendingUserKey);
        return StageOutcome.Done;
    }

    static string Question(User user) => $"This deletes the account {user.Username} and everything that belongs to it. It cannot be undone.";
}
