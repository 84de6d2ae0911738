using Microsoft.Extensions.DependencyInjection;

namespace Postern.Storage.Checks;

/// <summary>Adds checks to the product.</summary>
public static class CheckRegistration
{
    public static IServiceCollection AddCheck<T>(this IServiceCollection services)
        where T : class, ICheck => services.AddScoped<ICheck, T>();
}
