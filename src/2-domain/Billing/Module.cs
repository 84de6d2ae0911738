using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Billing.Accounts;
using Postern.Billing.Plans;
using Postern.Billing.Taxes;
using Postern.Storage;

namespace Postern.Billing;

/// <summary>Wires plans, orders, subscriptions and the taking of payments. Whoever uses it registers an <see cref="Fulfilment.IFulfilment"/>.</summary>
public sealed class Module : IModule
{
    public void Register(IServiceCollection services)
    {
        services.AddKind(PlanKind.Kind).AddKind(PriceKind.Kind).AddKind(TaxRateKind.Kind).AddKind(TaxIdFormatKind.Kind).AddKind(SellerKind.Kind);
        services.AddSingleton<ITables, Tables>();
        services.AddScoped<ReadBillingAccount>().AddScoped<SaveBillingAccount>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
    }
}
