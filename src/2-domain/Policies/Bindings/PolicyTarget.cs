using Microsoft.Extensions.DependencyInjection;
using Postern.Storage.Kinds;

namespace Postern.Policies.Bindings;

/// <summary>A kind whose objects policies may be bound to, and what such a binding may name.</summary>
public sealed record PolicyTarget(ModelKind Kind, Binds Binds);

/// <summary>What a binding may name.</summary>
[Flags]
public enum Binds
{
    Nothing = 0,
    Group = 1,
    Policy = 2,
    User = 4,
    Anything = Group | Policy | User,
}

/// <summary>Registers kinds as targets of policy bindings.</summary>
public static class PolicyTargets
{
    /// <summary>
    /// Lets policies be bound to the kind's objects, by primary key. The kind's migration calls <c>SELECT policy_target('table');</c>, which
    /// lets go of the bindings of deleted objects.
    /// </summary>
    public static IServiceCollection AddPolicyTarget(this IServiceCollection services, ModelKind kind, Binds binds = Binds.Anything) =>
        services.AddSingleton(new PolicyTarget(kind, binds));
}
