using System.Text.Json.Nodes;
using Postern.Api.Http;
using Postern.Directory.Sessions;
using Postern.Directory.Users;
using Postern.Flows.Bindings;
using Postern.Flows.Plans;
using Postern.Policies.Engine;

namespace Postern.Flows.Running;

/// <summary>Walks a plan: asks stages until one has something to show or none is left.</summary>
public sealed class FlowSteps
{
    /// <summary>Stages without a challenge that may follow each other in one request.</summary>
    const int MostSilent = 100;

    readonly PlanFlow planning;
    readonly SessionPlans plans;
    readonly FlowTokens tokens;
    readonly StageDoors doors;
    readonly PolicyEngine policies;
    readonly FlowEnd end;
    readonly IFlowSessions sessions;

    internal FlowSteps(PlanFlow planning, SessionPlans plans, FlowTokens tokens, StageDoors doors, PolicyEngine policies, FlowEnd end, IFlowSessions sessions) =>
        (this.planning, this.plans, this.tokens, this.doors, this.policies, this.end, this.sessions) = (planning, plans, tokens, doors, policies, end, sessions);

    internal async ValueTask<FlowAnswer> RunAsync(FlowVisit visit, Session session, JsonObject? answer, CancellationToken cancellation)
    {
        var plan = await plans.FindAsync(session, visit.Flow, visit.Query.Origin, cancellation);
        if (plan is null)
        {
            // An answer to a plan that is gone answers nothing; the run starts again.
            answer = null;
            var begun = await BeginAsync(visit, new PlanContext(), cancellation);
            if (begun.Plan is null)
                return begun.Refusal is FlowTokens.Invalid ? await end.LinkRefusedAsync(visit, cancellation) : await end.NotApplicableAsync(visit, begun.Refusal, cancellation);
            plan = begun.Plan;
        }
        var run = NewRun(visit, plan, visit.SignedIn);
        return await WalkAsync(visit, run, answer, cancellation);
    }

    async ValueTask<PlanOutcome> BeginAsync(FlowVisit visit, PlanContext context, CancellationToken cancellation)
    {
        if (visit.Query["flow_token"] is { Length: > 0 } key)
        {
            if (visit.SignedIn is null && visit.Flow.Authentication is (FlowAuthentication.RequireAuthenticated or FlowAuthentication.RequireSuperuser))
                return PlanOutcome.NotApplicable(PlanFlow.DoesNotApply);
            return await tokens.RestoreAsync(key, visit.Flow, visit.Query.Origin, cancellation) is { } restored
                ? PlanOutcome.Of(restored)
                : PlanOutcome.NotApplicable(FlowTokens.Invalid);
        }
        var request = new PlanRequest(visit.Http.Caller(), visit.SignedIn, visit.Facts, context) { Origin = visit.Query.Origin };
        return await planning.ExecuteAsync(visit.Picture, visit.Flow, request, cancellation);
    }

    async ValueTask<FlowAnswer> WalkAsync(FlowVisit visit, StageRun run, JsonObject? answer, CancellationToken cancellation)
    {
        for (var silent = 0; silent < MostSilent; silent++)
        {
            var (next, binding, undecided) = await CurrentAsync(visit, run, cancellation);
            if (next is not { } stage)
                return undecided ? await DenyAsync(visit, run, PlanFlow.Undecided, cancellation) : await end.DoneAsync(visit, run, cancellation);
            run.Binding = binding;
            var outcome = answer is null ? await doors.StartAsync(stage, run, cancellation) : await doors.AnswerAsync(stage, run, answer, cancellation);
            var answered = answer is not null;
            answer = null;
            if (answered && outcome is not StageOutcome.Challenge { Errors.Any: true } and not StageOutcome.Denied)
                await end.AnsweredAsync(run, cancellation);
            switch (outcome)
            {
                case StageOutcome.Ok:
                    run.Answered |= answered;
                    run.Plan.Stages.RemoveAt(0);
                    break;
                case StageOutcome.Redirect redirect:
                    run.Plan.Stages.RemoveAt(0);
                    await KeepAsync(visit, run, cancellation);
                    return FlowAnswer.Redirect(redirect.To, run.Messages, final: false);
                case StageOutcome.Challenge { Errors.Any: true } when answered && binding?.InvalidResponseAction is InvalidResponseAction.Restart or InvalidResponseAction.RestartWithContext:
                case StageOutcome.Denied when binding?.InvalidResponseAction is InvalidResponseAction.Restart or InvalidResponseAction.RestartWithContext:
                case StageOutcome.Restart:
                    var keep = outcome is StageOutcome.Restart restart ? restart.KeepContext : binding?.InvalidResponseAction is InvalidResponseAction.RestartWithContext;
                    if (await RestartAsync(visit, run, keep, cancellation) is not { } again)
                        return await end.NotApplicableAsync(visit, PlanFlow.DoesNotApply, cancellation);
                    run = again;
                    break;
                case StageOutcome.Challenge challenge:
                    await KeepAsync(visit, run, cancellation);
                    return new FlowAnswer(ChallengeWriter.Write(challenge, run), run.Messages);
                case StageOutcome.Denied denied:
                    return await DenyAsync(visit, run, denied.Message, cancellation);
                default:
                    throw new InvalidOperationException($"Unknown outcome {outcome.GetType()}");
            }
        }
        throw new InvalidOperationException($"Flow {visit.Flow.Slug} does not come to a challenge or an end");
    }

    async ValueTask<FlowAnswer> DenyAsync(FlowVisit visit, StageRun run, string? message, CancellationToken cancellation)
    {
        SessionPlans.Drop(await sessions.OpenAsync(visit.Http, cancellation), visit.Flow);
        return new FlowAnswer(ChallengeWriter.Denied(run, message), run.Messages);
    }

    /// <summary>The first stage ahead whose policies let it stand; those whose policies say no are left out, and none whose policies cannot say.</summary>
    async ValueTask<(Stage? Stage, FlowStageBinding? Binding, bool IsUndecided)> CurrentAsync(FlowVisit visit, StageRun run, CancellationToken cancellation)
    {
        while (run.Plan.Stages.FirstOrDefault() is { } planned)
        {
            var binding = planned.BindingPk is { } pk ? visit.Picture.Binding(pk) : null;
            var stage = planned.Inline ?? (planned.StagePk is { } stagePk ? visit.Picture.Stage(stagePk) : null);
            // A stage or binding deleted meanwhile is left out too.
            if (stage is not null && (planned.BindingPk is null || binding is not null))
            {
                var verdict = await StandsAsync(planned, binding, run, cancellation);
                if (verdict is null or { Passing: true })
                    return (stage, binding, IsUndecided: false);
                if (verdict.IsUndecided)
                    return (null, binding, IsUndecided: true);
            }
            run.Plan.Stages.RemoveAt(0);
        }
        return (null, null, IsUndecided: false);
    }

    /// <summary>Null where nothing is to be asked.</summary>
    async ValueTask<PolicyResult?> StandsAsync(PlannedStage planned, FlowStageBinding? binding, StageRun run, CancellationToken cancellation)
    {
        if (binding is null || !planned.ReEvaluate || run.Plan.Stages[0] != planned)
            return null;
        var verdict = await policies.EvaluateAsync(binding.Pk, binding.PolicyEngineMode, run.ForPolicies(binding), cancellation);
        foreach (var message in verdict.Messages)
            run.Say(MessageLevel.Info, message);
        return verdict;
    }

    async ValueTask<StageRun?> RestartAsync(FlowVisit visit, StageRun run, bool keepContext, CancellationToken cancellation)
    {
        var context = keepContext ? run.Context.Copy() : new PlanContext();
        var request = new PlanRequest(visit.Http.Caller(), run.SignedIn, visit.Facts, context) { Origin = visit.Query.Origin };
        var outcome = await planning.ExecuteAsync(visit.Picture, visit.Flow, request, cancellation);
        if (outcome.Plan is null)
            return null;
        var again = NewRun(visit, outcome.Plan, run.SignedIn);
        again.Messages.AddRange(run.Messages);
        return again;
    }

    async ValueTask KeepAsync(FlowVisit visit, StageRun run, CancellationToken cancellation) =>
        plans.Keep(await sessions.OpenAsync(visit.Http, cancellation), visit.Flow, run.Plan);

    static StageRun NewRun(FlowVisit visit, Plan plan, User? signedIn) => new()
    {
        Http = visit.Http,
        Facts = visit.Facts,
        Query = visit.Query,
        Flow = visit.Flow,
        Plan = plan,
        SignedIn = signedIn,
    };
}
