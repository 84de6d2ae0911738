using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Flows.Plans;
using Postern.Kernel;
using Postern.Policies.Engine;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Flows.Running;

/// <summary>
/// Runs a flow by one step for one browser: everything between a request and the next challenge, in one transaction. The plan, what stages
/// wrote and what they consumed are kept or lost together.
/// </summary>
public sealed class ExecuteFlow(PosternDb db, Snapshot<FlowPicture> pictures, IFlowSessions sessions, FlowSteps steps, RecordFailure failures, ILogger<ExecuteFlow> log)
{
    /// <summary>
    /// Shows where the run stands (<paramref name="answer"/> null) or takes an answer and shows what follows. Faults: not found for an unknown
    /// flow. A stage that breaks ends in a challenge that names the request, with nothing written.
    /// </summary>
    public async Task<Result<FlowAnswer>> ExecuteAsync(HttpContext http, string slug, PageQuery query, JsonObject? answer, CancellationToken cancellation)
    {
        var picture = await pictures.GetAsync(cancellation);
        if (picture.Find(slug) is not { } flow)
            return new Fault.NotFound("Flow");
        try
        {
            return await db.InTransactionAsync<Result<FlowAnswer>>(
                async () => await StepAsync(http, picture, flow, query, answer, cancellation), _ => true, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.StageBroke(e, slug, http.TraceIdentifier);
            var context = new JsonObject { ["message"] = $"A stage of flow {slug} broke", ["flow"] = ObjectPart.Of(FlowKind.Kind, flow), ["request_id"] = http.TraceIdentifier };
            await failures.ExecuteAsync(http.Caller(), EventAction.FlowExecution, "authentik.flows", context, e);
            return new FlowAnswer(new JsonObject { ["component"] = FlowAnswer.ErrorComponent, ["request_id"] = http.TraceIdentifier }, []);
        }
    }

    async Task<FlowAnswer> StepAsync(HttpContext http, FlowPicture picture, Flow flow, PageQuery query, JsonObject? answer, CancellationToken cancellation)
    {
        var session = await sessions.OpenAsync(http, cancellation);
        var user = session.UserPk is { } pk ? await db.Set<User>().FirstOrDefaultAsync(u => u.Pk == pk, cancellation) : null;
        var facts = HttpFacts.Of(http, http.Caller().ClientIp);
        var result = await steps.RunAsync(new FlowVisit(http, facts, picture, flow, query, user), session, answer, cancellation);
        await SaveAsync(cancellation);
        return result;
    }

    /// <summary>What fails here ends the transaction, so no place is marked to go back to.</summary>
    async Task SaveAsync(CancellationToken cancellation)
    {
        db.Database.AutoSavepointsEnabled = false;
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        finally
        {
            db.Database.AutoSavepointsEnabled = true;
        }
    }
}

/// <summary>One request to a flow.</summary>
public sealed record FlowVisit(HttpContext Http, HttpFacts Facts, FlowPicture Picture, Flow Flow, PageQuery Query, User? SignedIn);
