using System.Text.Json.Nodes;
using Postern.Api.Http;
using Postern.Events.Recording;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Storage.Kinds;

namespace Postern.Stages.Email;

/// <summary>The inserted stage a mailed link leads to: a click on its button, which scanners of mail do not make, uses the link up.</summary>
public sealed class ConfirmEmail : Stage
{
    /// <summary>What the click means, for the person.</summary>
    public string Header { get; set; } = "Continue to confirm this email address.";

    public static readonly ModelKind<ConfirmEmail> Kind = StageKind.DeclareInternal<ConfirmEmail>("authentik_stages_email.confirmemail", static k => k.Text("header", s => s.Header));
}

/// <summary>Asks for the click and ends the link.</summary>
sealed class RunConfirmEmail(FlowTokens tokens, RecordEvent events) : IStage<ConfirmEmail>
{
    public ValueTask<StageOutcome> StartAsync(ConfirmEmail stage, StageRun run, CancellationToken cancellation) =>
        ValueTask.FromResult<StageOutcome>(Confirmation.Ask(run, stage.Header));

    public async ValueTask<StageOutcome> AnswerAsync(ConfirmEmail stage, StageRun run, JsonObject answer, CancellationToken cancellation)
    {
        if (Confirmation.Refusal(run, stage.Header, answer) is { } again)
            return again;
        if (!await tokens.RevokeAsync(run.Plan, cancellation))
            return StageOutcome.Deny("Link was already used, please request a new link.");
        if (run.Flow.Designation is FlowDesignation.Recovery && run.Context.PendingUser is { Pk: > 0 } user)
            events.Add(run.Http.Caller(), "recovery_used", "authentik_stages_email", new JsonObject { ["flow"] = run.Flow.Slug }, EventActor.Of(user.Pk, user.Username, user.Email));
        return StageOutcome.Done;
    }
}
