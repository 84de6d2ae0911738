using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Flows.Plans;
using Postern.Kernel;
using Postern.Policies.Engine;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Flows.Running;

/// <summary>
/// Leads a browser into a flow on behalf of a protocol: plans it with what the protocol knows, puts the protocol's own stage at its end, and
/// takes the first step. A flow with nothing to show is through at once, without a page.
/// </summary>
public sealed class EnterFlow
{
    readonly PosternDb db;
    readonly Snapshot<FlowPicture> pictures;
    readonly PlanFlow planning;
    readonly SessionPlans plans;
    readonly IFlowSessions sessions;
    readonly ExecuteFlow execute;

    internal EnterFlow(PosternDb db, Snapshot<FlowPicture> pictures, PlanFlow planning, SessionPlans plans, IFlowSessions sessions, ExecuteFlow execute) =>
        (this.db, this.pictures, this.planning, this.plans, this.sessions, this.execute) = (db, pictures, planning, plans, sessions, execute);

    /// <summary>
    /// The first answer of the flow; its page shows the same as long as <paramref name="keep"/> says so, and has the query given. Faults: not found for a flow that is gone,
    /// forbidden where the flow does not apply, with the reason.
    /// </summary>
    public async Task<Result<EnteredFlow>> ExecuteAsync(
        HttpContext http, Guid flowPk, User? user, PlanContext context, Action<Plan, FlowPicture> adjust, Func<FlowAnswer, bool> keep, CancellationToken cancellation,
        PageQuery? query = null)
    {
        var page = query ?? PageQuery.Parse("");
        var picture = await pictures.GetAsync(cancellation);
        if (picture.Find(flowPk) is not { } flow)
            return new Fault.NotFound("Flow");
        var request = new PlanRequest(http.Caller(), user, HttpFacts.Of(http, http.Caller().ClientIp), context) { Origin = page.Origin };
        return await db.InTransactionAsync<Result<EnteredFlow>>(
            async () =>
            {
                var outcome = await planning.ExecuteAsync(picture, flow, request, cancellation);
                if (outcome.Plan is not { } plan)
                    return new Fault.Forbidden(outcome.Refusal);
                adjust(plan, picture);
                plans.Keep(await sessions.OpenAsync(http, cancellation), flow, plan);
                await db.SaveChangesAsync(cancellation);
                var first = await execute.ExecuteAsync(http, flow.Slug, page, answer: null, cancellation);
                if (!first.Succeeded(out var answer, out var fault))
                    return fault;
                if (!keep(answer))
                {
                    SessionPlans.Drop(await sessions.OpenAsync(http, cancellation), flow);
                    await db.SaveChangesAsync(cancellation);
                }
                return new EnteredFlow(flow, page, answer);
            },
            _ => true,
            cancellation);
    }

    /// <summary>What is known in a run of this browser, which its page's query tells apart; null for none.</summary>
    public async Task<PlanContext?> FindContextAsync(HttpContext http, string slug, PageQuery query, CancellationToken cancellation) =>
        (await pictures.GetAsync(cancellation)).Find(slug) is { } flow
            ? await db.InTransactionAsync(async () => (await plans.FindAsync(await sessions.OpenAsync(http, cancellation), flow, query.Origin, cancellation))?.Context, static _ => true, cancellation)
            : null;
}

/// <summary>A flow and what it answered first.</summary>
public sealed record EnteredFlow(Flow Flow, PageQuery Query, FlowAnswer Answer)
{
    /// <summary>Where the flow's page stands.</summary>
    public string Page => FlowLink.To(Flow, Query);
}
