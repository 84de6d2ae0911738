namespace Postern.Policies.Engine;

/// <summary>Records what policies did, as events.</summary>
public interface IPolicyJournal
{
    /// <summary>A policy failed to decide: event <c>policy_exception</c>.</summary>
    ValueTask FailedAsync(Policy policy, Bindings.PolicyBinding? binding, PolicyRequest request, string message, CancellationToken cancellation);

    /// <summary>A policy that logs its executions decided: event <c>policy_execution</c>.</summary>
    ValueTask ExecutedAsync(Policy policy, Bindings.PolicyBinding? binding, PolicyRequest request, PolicyOutcome outcome, CancellationToken cancellation);
}
