using Microsoft.Extensions.DependencyInjection;

namespace Postern.Api.Http;

/// <summary>What stands before the doors of every program of ours.</summary>
public static class Protection
{
    public static IServiceCollection AddProtection(this IServiceCollection services) => services
        .AddSingleton<IRequestStep, TrustedProxies>().AddSingleton<IRequestStep, TrustedHosts>().AddSingleton<IRequestStep, OwnPagesOnly>().AddSingleton<IRequestStep, RateLimits>();
}
