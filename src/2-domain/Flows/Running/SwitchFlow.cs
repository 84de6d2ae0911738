using Postern.Api.Http;
using Postern.Flows.Plans;
using Postern.Storage.Snapshots;

namespace Postern.Flows.Running;

/// <summary>Begins another flow in the same browser, with what is known already.</summary>
public sealed class SwitchFlow
{
    readonly Snapshot<FlowPicture> pictures;
    readonly PlanFlow planning;
    readonly SessionPlans plans;
    readonly IFlowSessions sessions;

    internal SwitchFlow(Snapshot<FlowPicture> pictures, PlanFlow planning, SessionPlans plans, IFlowSessions sessions) =>
        (this.pictures, this.planning, this.plans, this.sessions) = (pictures, planning, plans, sessions);

    /// <summary>The flow of this slug, else of this key; null when neither is there.</summary>
    public async ValueTask<Flow?> FindAsync(string? slug, Guid? pk, CancellationToken cancellation)
    {
        var picture = await pictures.GetAsync(cancellation);
        return (slug is null ? null : picture.Find(slug)) ?? (pk is { } key ? picture.Find(key) : null);
    }

    /// <summary>Plans the flow and keeps the plan in the browser's session; answers why it does not apply, or null.</summary>
    public async ValueTask<string?> BeginAsync(Flow flow, StageRun run, PlanContext context, CancellationToken cancellation)
    {
        var request = new PlanRequest(run.Http.Caller(), run.SignedIn, run.Facts, context) { Origin = run.Query.Origin };
        var outcome = await planning.ExecuteAsync(await pictures.GetAsync(cancellation), flow, request, cancellation);
        if (outcome.Plan is not { } plan)
            return outcome.Refusal;
        plans.Keep(await sessions.OpenAsync(run.Http, cancellation), flow, plan);
        return null;
    }
}
