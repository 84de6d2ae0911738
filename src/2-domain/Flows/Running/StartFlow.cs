using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Flows.Plans;
using Postern.Kernel;
using Postern.Policies.Engine;
using Postern.Storage;
using Postern.Storage.Objects;
using Postern.Storage.Snapshots;

namespace Postern.Flows.Running;

/// <summary>Begins a flow for a program that calls the API: the plan waits in the session whose cookie goes with the answer.</summary>
sealed class StartFlow(PosternDb db, Snapshot<FlowPicture> pictures, ObjectQuery objects, PlanFlow planning, SessionPlans plans, IFlowSessions sessions)
{
    /// <summary>The flow that was begun, about the caller. Faults: not found for a flow the caller may not see; invalid where it does not apply, with the reason.</summary>
    public async Task<Result<Flow>> ExecuteAsync(HttpContext http, string slug, CancellationToken cancellation)
    {
        var caller = http.Caller();
        if (!(await objects.FindAsync(FlowKind.Kind, caller, slug, tracked: false, cancellation)).Succeeded(out var found, out var missing))
            return missing;
        var flow = (Flow)found;
        var picture = await pictures.GetAsync(cancellation);
        return await db.InTransactionAsync<Result<Flow>>(
            async () =>
            {
                var user = await db.Set<User>().FirstOrDefaultAsync(u => u.Pk == caller.UserPk, cancellation);
                var request = new PlanRequest(caller, user, HttpFacts.Of(http, caller.ClientIp), new PlanContext { PendingUser = user }) { Origin = PageQuery.Parse("").Origin };
                var outcome = await planning.ExecuteAsync(picture, flow, request, cancellation);
                if (outcome.Plan is not { } plan)
                    return Fault.Input(outcome.Refusal);
                plans.Keep(await sessions.OpenAsync(http, cancellation), flow, plan);
                await db.SaveChangesAsync(cancellation);
                return flow;
            },
            static started => started.Fault is null,
            cancellation);
    }
}
