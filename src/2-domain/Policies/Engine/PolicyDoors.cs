using Microsoft.Extensions.DependencyInjection;

namespace Postern.Policies.Engine;

/// <summary>Leads from a policy to the door of its kind.</summary>
sealed class PolicyDoors(IEnumerable<PolicyDoor> doors, IServiceProvider services)
{
    readonly Dictionary<Type, PolicyDoor> byType = doors.ToDictionary(d => d.PolicyType);

    public ValueTask<PolicyVerdict> EvaluateAsync(Policy policy, PolicyRequest request, CancellationToken cancellation) =>
        Door(policy).EvaluateAsync(services, policy, request, cancellation);

    public bool? Foresee(Policy policy) => Door(policy).Foresee(services, policy);

    PolicyDoor Door(Policy policy) =>
        byType.TryGetValue(policy.GetType(), out var door) ? door : throw new InvalidOperationException($"No door for {policy.GetType()}");
}

/// <summary>A registered kind of policy.</summary>
abstract class PolicyDoor
{
    public abstract Type PolicyType { get; }

    public abstract ValueTask<PolicyVerdict> EvaluateAsync(IServiceProvider services, Policy policy, PolicyRequest request, CancellationToken cancellation);

    public abstract bool? Foresee(IServiceProvider services, Policy policy);
}

sealed class PolicyDoor<T> : PolicyDoor
    where T : Policy
{
    public override Type PolicyType => typeof(T);

    public override ValueTask<PolicyVerdict> EvaluateAsync(IServiceProvider services, Policy policy, PolicyRequest request, CancellationToken cancellation) =>
        services.GetRequiredService<IPolicy<T>>().EvaluateAsync((T)policy, request, cancellation);

    public override bool? Foresee(IServiceProvider services, Policy policy) => services.GetRequiredService<IPolicy<T>>().Foresee((T)policy);
}
