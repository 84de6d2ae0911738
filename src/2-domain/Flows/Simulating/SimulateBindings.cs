using Postern.Directory.Users;
using Postern.Flows.Bindings;
using Postern.Flows.Plans;
using Postern.Flows.Running;
using Postern.Policies.Engine;

namespace Postern.Flows.Simulating;

/// <summary>Asks the policies of a stage's place as a run would just before the stage, and shows what they say.</summary>
sealed class SimulateBindings(PolicyEngine policies, TraceBindings trace)
{
    /// <summary>Null where nothing is bound.</summary>
    public async ValueTask<SimulatedVerdict?> AskAsync(FlowStageBinding binding, Plan plan, User? user, PlanRequest begun, CancellationToken cancellation)
    {
        if (user is not null)
            plan.Context.PendingUser = user;
        var request = new PolicyRequest
        {
            User = user,
            Caller = begun.Caller,
            Http = begun.Facts,
            Context = plan.Context.ForPolicies(plan),
            Obj = binding,
            Debug = true,
        };
        return await ShowAsync(await policies.EvaluateAsync(binding.Pk, binding.PolicyEngineMode, request, cancellation), cancellation);
    }

    /// <summary>Null where nothing was asked, or nothing is bound.</summary>
    public async ValueTask<SimulatedVerdict?> ShowAsync(PolicyResult? result, CancellationToken cancellation) =>
        result is null or { NothingBound: true } ? null : new SimulatedVerdict(result.Passing, await trace.OfAsync(result, cancellation), result.Messages, result.LogMessages) { IsUndecided = result.IsUndecided };
}
