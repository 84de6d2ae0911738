using Microsoft.Extensions.DependencyInjection;
using Postern.Billing.Manual;
using Postern.Billing.Providers;
using Postern.Billing.Sandbox;
using Postern.Billing.Stripe;

namespace Postern.Billing;

/// <summary>Says who takes payments. Bank transfer is always offered, beside one provider that takes cards.</summary>
public static class BillingRegistration
{
    /// <summary>Cards are test cards, and no money moves: the default.</summary>
    public static IServiceCollection AddSandboxPayments(this IServiceCollection services) =>
        services.AddScoped<IBillingProvider>(static s => s.GetRequiredService<SandboxProvider>()).AddScoped<IBillingProvider>(static s => s.GetRequiredService<ManualProvider>());

    /// <summary>Cards are taken by Stripe.</summary>
    public static IServiceCollection AddStripePayments(this IServiceCollection services, StripeSettings settings)
    {
        services.AddSingleton(settings);
        services.AddHttpClient<StripeClient>(http => (http.BaseAddress, http.Timeout) = (settings.BaseAddress, StripeClient.Timeout));
        return services.AddScoped<StripeState>().AddScoped<StripeCards>().AddScoped<IBillingProvider, StripeProvider>()
            .AddScoped<IBillingProvider>(static s => s.GetRequiredService<ManualProvider>());
    }
}
