using System.Text.Json.Nodes;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Storage.Kinds;

namespace Postern.Stages.Deny;

/// <summary>Ends a flow with a refusal; policies on its binding decide for whom.</summary>
public sealed class DenyStage : Stage
{
    public string DenyMessage { get; set; } = "";

    public override string? Ending() => "Refused";

    public static readonly ModelKind<DenyStage> Kind = StageKind.Declare<DenyStage>(
        "authentik_stages_deny.denystage", "deny", "ak-stage-deny-form", "Deny Stage", static k =>
        {
            k.Describe("Denies access, for whomever its policies choose.");
            k.LongText("deny_message", s => s.DenyMessage);
        });
}

/// <summary>Refuses; a policy may have left another message in the plan.</summary>
sealed class RunDeny : IStage<DenyStage>
{
    const string MessageKey = "deny_message";

    public ValueTask<StageOutcome> StartAsync(DenyStage stage, StageRun run, CancellationToken cancellation) =>
        ValueTask.FromResult(StageOutcome.Deny(run.Context.Text(MessageKey) is { Length: > 0 } message ? message : stage.DenyMessage));

    public ValueTask<StageOutcome> AnswerAsync(DenyStage stage, StageRun run, JsonObject answer, CancellationToken cancellation) => StartAsync(stage, run, cancellation);
}
