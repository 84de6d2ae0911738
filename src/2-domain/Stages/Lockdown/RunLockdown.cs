using System.Text.Json.Nodes;
using Postern.Api.Http;
using Postern.Directory.Sessions;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Storage.Snapshots;

namespace Postern.Stages.Lockdown;

/// <summary>Shuts the pending user's account in the run's transaction; somebody who locked themselves is signed out and led to the flow the stage names.</summary>
sealed class RunLockdown(LockAccount account, SignOut signOut, RecordEvent events, Snapshot<FlowPicture> pictures) : IStage<LockdownStage>
{
    const string NoTarget = "No target user specified";

    public ValueTask<StageOutcome> StartAsync(LockdownStage stage, StageRun run, CancellationToken cancellation) =>
        Confirmation.IsDue(run) && run.PendingUser is { Pk: > 0 } user
            ? ValueTask.FromResult<StageOutcome>(Confirmation.Ask(run, Question(user)))
            : ExecuteAsync(stage, run, cancellation);

    public ValueTask<StageOutcome> AnswerAsync(LockdownStage stage, StageRun run, JsonObject answer, CancellationToken cancellation) =>
        run.PendingUser is { Pk: > 0 } user && Confirmation.Refusal(run, Question(user), answer) is { } again
            ? ValueTask.FromResult<StageOutcome>(again)
            : ExecuteAsync(stage, run, cancellation);

    async ValueTask<StageOutcome> ExecuteAsync(LockdownStage stage, StageRun run, CancellationToken cancellation)
    {
        if (run.PendingUser is not { Pk: > 0 } user)
            return StageOutcome.Deny(NoTarget);
        var own = run.SignedIn?.Pk == user.Pk;
        events.Add(run.Http.Caller(), EventAction.UserWrite, "authentik_stages_account_lockdown", new JsonObject
        {
            ["action_id"] = "account_lockdown",
            ["reason"] = Reason(run),
            ["affected_user"] = user.Username,
            ["self_service"] = own,
        });
        await account.ExecuteAsync(stage, user, own, cancellation);
        run.Context["lockdown_result"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["success"] = true, ["user"] = user, ["error"] = null };
        if (!own || !stage.DeleteSessions)
            return StageOutcome.Done;
        await signOut.ExecuteAsync(run.Http, context: null, cancellation);
        run.SignedIn = null;
        return stage.SelfServiceCompletionFlow is { } pk && (await pictures.GetAsync(cancellation)).Find(pk) is { } flow
            ? new StageOutcome.Redirect($"/if/flow/{flow.Slug}/")
            : StageOutcome.Done;
    }

    static string Question(User user) => $"This locks the account {user.Username} at once.";

    static string Reason(StageRun run)
    {
        if (!run.Context.HasPromptData)
            return "";
        var data = run.Context.PromptData;
        return (data.TryGetValue("lockdown_reason", out var reason) || data.TryGetValue("reason", out reason)) && reason is string text ? text : "";
    }
}
