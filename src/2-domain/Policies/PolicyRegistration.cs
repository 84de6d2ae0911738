using Microsoft.Extensions.DependencyInjection;
using Postern.Policies.Engine;
using Postern.Storage;
using Postern.Storage.Kinds;

namespace Postern.Policies;

/// <summary>Adds kinds of policies to the product.</summary>
public static class PolicyRegistration
{
    /// <summary>Registers a kind of policy with the door that decides for it.</summary>
    public static IServiceCollection AddPolicy<T, TDoor>(this IServiceCollection services, ModelKind<T> kind)
        where T : Policy, new()
        where TDoor : class, IPolicy<T>
    {
        services.AddKind(kind);
        services.AddScoped<IPolicy<T>, TDoor>();
        return services.AddSingleton<PolicyDoor>(new PolicyDoor<T>());
    }
}
