using System.Text.Json.Nodes;
using Postern.Flows;
using Postern.Flows.Plans;
using Postern.Flows.Running;

namespace Postern.Stages.Redirect;

/// <summary>Leads on: a policy may have left another target in the plan.</summary>
sealed class RunRedirect(SwitchFlow switching) : IStage<RedirectStage>
{
    const string TargetKey = "redirect_stage_target";
    const string FlowScheme = "ak-flow://";

    public async ValueTask<StageOutcome> StartAsync(RedirectStage stage, StageRun run, CancellationToken cancellation)
    {
        var wanted = run.Context.Text(TargetKey);
        if (wanted is { Length: > 0 } && !wanted.StartsWith(FlowScheme, StringComparison.Ordinal))
            return new StageOutcome.Redirect(wanted);
        var slug = wanted?[FlowScheme.Length..];
        if (slug is null && stage.Mode is RedirectMode.Static)
            return stage.TargetStatic.Length > 0 ? new StageOutcome.Redirect(stage.TargetStatic) : NoTarget();
        var flow = await switching.FindAsync(slug, stage.TargetFlow, cancellation);
        if (flow is null)
            return stage.TargetStatic.Length > 0 ? new StageOutcome.Redirect(stage.TargetStatic) : NoTarget();
        var context = stage.KeepContext ? run.Context.Copy() : new PlanContext();
        context[PlanContext.IsRedirectedKey] = run.Flow.Slug;
        return await switching.BeginAsync(flow, run, context, cancellation) is { } refusal
            ? StageOutcome.Deny(refusal)
            : new StageOutcome.Redirect($"/if/flow/{flow.Slug}/{(run.Query.Text.Length > 0 ? $"?{run.Query.Text}" : "")}");
    }

    public ValueTask<StageOutcome> AnswerAsync(RedirectStage stage, StageRun run, JsonObject answer, CancellationToken cancellation) => StartAsync(stage, run, cancellation);

    static StageOutcome NoTarget() => StageOutcome.Deny("No target found for Redirect stage. The stage's target_flow may have been deleted.");
}
