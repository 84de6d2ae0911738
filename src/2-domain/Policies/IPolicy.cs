using Postern.Policies.Engine;

namespace Postern.Policies;

/// <summary>The door each kind of policy implements: how it comes to its verdict.</summary>
public interface IPolicy<in T>
    where T : Policy
{
    /// <summary>Decides; observes <paramref name="cancellation"/>, which also carries the binding's time limit. Exceptions count as a failure to decide.</summary>
    ValueTask<PolicyVerdict> EvaluateAsync(T policy, PolicyRequest request, CancellationToken cancellation);

    /// <summary>The verdict that everybody gets, whatever is asked; null where it depends, which is the rule.</summary>
    bool? Foresee(T policy) => null;
}
