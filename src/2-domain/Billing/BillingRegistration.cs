using Microsoft.Extensions.DependencyInjection;
using Postern.Billing.Manual;
using Postern.Billing.Providers;
using Postern.Billing.Sandbox;

namespace Postern.Billing;

/// <summary>Says who takes payments. Bank transfer is always offered, beside one provider that takes cards.</summary>
public static class BillingRegistration
{
    /// <summary>Cards are test cards, and no money moves: the default.</summary>
    public static IServiceCollection AddSandboxPayments(this IServiceCollection services) =>
        services.AddScoped<IBillingProvider>(static s => s.GetRequiredService<SandboxProvider>()).AddScoped<IBillingProvider>(static s => s.GetRequiredService<ManualProvider>());
}
