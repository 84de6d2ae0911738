using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Directory.Sessions;
using Postern.Flows.Bindings;
using Postern.Flows.Plans;
using Postern.Flows.Running;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage.Snapshots;

namespace Postern.Flows.Inspecting;

/// <summary>Shows whoever may inspect a flow where their own run of it stands: the stages ahead, and what it knows. Writes nothing.</summary>
public sealed class InspectFlow
{
    static readonly Permission Inspect = new(FlowKind.Kind.App, "inspect_flow");

    readonly IAccess access;
    readonly Snapshot<FlowPicture> pictures;
    readonly BrowserSession browser;
    readonly SessionPlans plans;
    readonly ShowContext contexts;

    internal InspectFlow(IAccess access, Snapshot<FlowPicture> pictures, BrowserSession browser, SessionPlans plans, ShowContext contexts) =>
        (this.access, this.pictures, this.browser, this.plans, this.contexts) = (access, pictures, browser, plans, contexts);

    /// <summary>Faults: unauthenticated; not found for a flow that is not there or that the caller may not inspect; invalid where the browser has no run of it.</summary>
    public async Task<Result<FlowInspection>> ExecuteAsync(HttpContext http, string slug, PageQuery query, CancellationToken cancellation)
    {
        if (!http.Caller().IsAuthenticated)
            return new Fault.Unauthenticated();
        var picture = await pictures.GetAsync(cancellation);
        if (picture.Find(slug) is not { } flow || await access.RefuseAsync(http.Caller(), Inspect, FlowKind.Kind.KeyOf(flow), cancellation) is not null)
            return new Fault.NotFound(FlowKind.Kind.Label);
        if (await browser.FindAsync(cancellation) is not { } session || await plans.FindAsync(session, flow, query.Origin, cancellation) is not { } plan)
            return Fault.Input("This browser has no run of the flow.");
        return new FlowInspection(flow, session.Uuid, [.. plan.Stages.Select(s => Stage(s, picture)).OfType<InspectedStage>()], await contexts.OfAsync(plan.Context, cancellation));
    }

    static InspectedStage? Stage(PlannedStage planned, FlowPicture picture)
    {
        var stage = planned.Inline ?? (planned.StagePk is { } pk ? picture.Stage(pk) : null);
        return stage is null ? null : new InspectedStage(planned.BindingPk is { } binding ? picture.Binding(binding) : null, stage, planned.ReEvaluate);
    }
}

/// <summary>Where a run stands.</summary>
/// <param name="Ahead">Stages ahead, the current one first.</param>
/// <param name="Context">What the run knows, secrets hidden.</param>
public sealed record FlowInspection(Flow Flow, Guid Session, IReadOnlyList<InspectedStage> Ahead, JsonObject Context);

/// <summary>A stage ahead; without a place when it was inserted into this run.</summary>
public sealed record InspectedStage(FlowStageBinding? Binding, Stage Stage, bool IsAskedAgain)
{
    /// <summary>Its kind, as people call it.</summary>
    public string Type => StageKind.Kind.Of(Stage).Label;
}
