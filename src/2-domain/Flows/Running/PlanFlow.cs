using Postern.Directory.Users;
using Postern.Flows.Plans;
using Postern.Kernel.Access;
using Postern.Policies.Engine;

namespace Postern.Flows.Running;

/// <summary>Makes the plan of a flow for one person: may they start it, and which stages lie ahead.</summary>
public sealed class PlanFlow(PolicyEngine policies, TimeProvider clock)
{
    /// <summary>What is shown when nothing more precise is known.</summary>
    public const string DoesNotApply = "Flow does not apply to current user.";

    /// <summary>What is shown when it cannot be told whether a stage is needed: it is not left out, and nobody gets past it.</summary>
    public const string Undecided = "A policy of this flow could not be evaluated. Ask an administrator to look at the event log.";

    /// <summary>The plan, or why the flow does not apply.</summary>
    public async ValueTask<PlanOutcome> ExecuteAsync(FlowPicture picture, Flow flow, PlanRequest request, CancellationToken cancellation)
    {
        if (Requirement(flow, request) is { } refusal)
            return PlanOutcome.NotApplicable(refusal);
        var plan = new Plan { FlowPk = flow.Pk, Origin = request.Origin, StartedAt = clock.GetUtcNow(), Context = request.Context };
        var verdict = await policies.EvaluateAsync(flow.Pk, flow.PolicyEngineMode, Ask(flow, plan, request), cancellation);
        request.Decided?.Invoke(flow.Pk, verdict);
        if (!verdict.Passing)
            return PlanOutcome.NotApplicable(verdict.Messages.Count > 0 ? string.Join('\n', verdict.Messages) : DoesNotApply);
        foreach (var binding in picture.BindingsOf(flow))
        {
            if (binding.EvaluateOnPlan)
            {
                var stands = await policies.EvaluateAsync(binding.Pk, binding.PolicyEngineMode, Ask(binding, plan, request), cancellation);
                request.Decided?.Invoke(binding.Pk, stands);
                if (stands.IsUndecided)
                    return PlanOutcome.NotApplicable(Undecided);
                if (!stands.Passing)
                    continue;
            }
            plan.Stages.Add(new PlannedStage { BindingPk = binding.Pk, StagePk = binding.Stage, ReEvaluate = binding.ReEvaluatePolicies });
        }
        return PlanOutcome.Of(plan);
    }

    static PolicyRequest Ask(object about, Plan plan, PlanRequest request) => new()
    {
        User = plan.Context.PendingUser ?? request.SignedIn,
        Caller = request.Caller,
        Http = request.Facts,
        Context = plan.Context.ForPolicies(plan),
        Obj = about,
        Debug = request.Decided is not null,
    };

    static string? Requirement(Flow flow, PlanRequest request) => flow.Authentication switch
    {
        FlowAuthentication.RequireAuthenticated when request.SignedIn is null => DoesNotApply,
        FlowAuthentication.RequireUnauthenticated when request.SignedIn is not null => DoesNotApply,
        FlowAuthentication.RequireSuperuser when !request.Caller.IsSuperuser => DoesNotApply,
        FlowAuthentication.RequireRedirect when !request.Context.ContainsKey(PlanContext.IsRedirectedKey) => DoesNotApply,
        FlowAuthentication.RequireToken when !request.Context.ContainsKey(PlanContext.IsRestoredKey) => "This link is invalid or has expired. Please request a new one.",
        // Outposts are not part of the product: nobody can be one.
        FlowAuthentication.RequireOutpost => DoesNotApply,
        _ => null,
    };
}

/// <summary>For whom a plan is made, and what is known already.</summary>
public sealed record PlanRequest(Caller Caller, User? SignedIn, HttpFacts? Facts, PlanContext Context)
{
    public string Origin { get; init; } = "";

    /// <summary>Set for a trial, in which nothing is recorded: told what was decided about the flow and its bindings, by their keys.</summary>
    public Action<Guid, PolicyResult>? Decided { get; init; }
}

/// <summary>A plan, or the reason why there is none.</summary>
public sealed record PlanOutcome(Plan? Plan, string Refusal)
{
    public static PlanOutcome Of(Plan plan) => new(plan, "");

    public static PlanOutcome NotApplicable(string why) => new(null, why);
}
