using System.Text.Json.Nodes;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Flows.Plans;

namespace Postern.Flows.Running;

/// <summary>How a run ends: done, or not begun at all.</summary>
sealed class FlowEnd(IFlowSessions sessions, IEnumerable<IFlowCompletion> completions)
{
    /// <summary>An answer was taken.</summary>
    public async ValueTask AnsweredAsync(StageRun run, CancellationToken cancellation)
    {
        foreach (var completion in completions)
            await completion.AnsweredAsync(run, cancellation);
    }

    /// <summary>All stages are done: on to where the plan, or the page's <c>next</c>, leads.</summary>
    public async ValueTask<FlowAnswer> DoneAsync(FlowVisit visit, StageRun run, CancellationToken cancellation)
    {
        foreach (var completion in completions)
        {
            if (await completion.CompleteAsync(run, cancellation) is { } refusal)
                return await DeniedAsync(visit, run, refusal, cancellation);
        }
        if (run.Context.Text(PlanContext.RedirectKey) is { Length: > 0 } redirect)
            return await LeaveAsync(visit, run, redirect, cancellation);
        var next = run.Query["next"];
        if (string.IsNullOrEmpty(next))
            return await LeaveAsync(visit, run, "/", cancellation);
        return LocalPath.Of(next) is { } path
            ? await LeaveAsync(visit, run, path, cancellation)
            : await DeniedAsync(visit, run, "Invalid next URL", cancellation);
    }

    /// <summary>The flow is not for this person.</summary>
    public async ValueTask<FlowAnswer> NotApplicableAsync(FlowVisit visit, string refusal, CancellationToken cancellation)
    {
        var run = Stranger(visit);
        if (visit.Flow.Designation is FlowDesignation.Authentication && visit.SignedIn is not null)
            return await DoneAsync(visit, run, cancellation);
        var next = LocalPath.Of(visit.Query["next"] ?? visit.Http.Request.Query["next"]);
        if (visit.Flow.DeniedAction is not DeniedAction.Message && next is not null)
            return await LeaveAsync(visit, run, next, cancellation);
        return visit.Flow.DeniedAction is DeniedAction.Continue
            ? await LeaveAsync(visit, run, "/", cancellation)
            : await DeniedAsync(visit, run, refusal, cancellation);
    }

    /// <summary>The link is no good any more, which the person must be told wherever it would have led.</summary>
    public ValueTask<FlowAnswer> LinkRefusedAsync(FlowVisit visit, CancellationToken cancellation) => DeniedAsync(visit, Stranger(visit), FlowTokens.Invalid, cancellation);

    async ValueTask<FlowAnswer> LeaveAsync(FlowVisit visit, StageRun run, string to, CancellationToken cancellation)
    {
        var session = await sessions.OpenAsync(visit.Http, cancellation);
        SessionPlans.Drop(session, visit.Flow);
        // The page that follows shows them.
        if (run.Messages.Count > 0)
        {
            session.Messages = new JsonObject
            {
                ["items"] = new JsonArray([.. run.Messages.Select(m => (JsonNode)new JsonObject { ["level"] = Kernel.Values.WireEnum<MessageLevel>.Name(m.Level), ["message"] = m.Text })]),
            };
        }
        return FlowAnswer.Redirect(to, run.Messages, final: true);
    }

    async ValueTask<FlowAnswer> DeniedAsync(FlowVisit visit, StageRun run, string refusal, CancellationToken cancellation)
    {
        SessionPlans.Drop(await sessions.OpenAsync(visit.Http, cancellation), visit.Flow);
        return new FlowAnswer(ChallengeWriter.Denied(run, refusal), run.Messages);
    }

    static StageRun Stranger(FlowVisit visit) => new()
    {
        Http = visit.Http,
        Facts = visit.Facts,
        Query = visit.Query,
        Flow = visit.Flow,
        SignedIn = visit.SignedIn,
        Plan = new Plan { FlowPk = visit.Flow.Pk, StartedAt = DateTimeOffset.UnixEpoch },
    };
}

/// <summary>Work of a slice along a run, in the run's transaction.</summary>
public interface IFlowCompletion
{
    /// <summary>Null, or why the run may not end well. It may be called more than once for one run.</summary>
    ValueTask<string?> CompleteAsync(StageRun run, CancellationToken cancellation);

    /// <summary>The person answered a stage, and the answer was taken.</summary>
    ValueTask AnsweredAsync(StageRun run, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>The run has made an account, which is stored and tracked; what is changed of it is saved after this.</summary>
    ValueTask AccountMadeAsync(StageRun run, User user, CancellationToken cancellation) => ValueTask.CompletedTask;
}
