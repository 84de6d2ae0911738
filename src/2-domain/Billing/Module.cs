using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Billing.Accounts;
using Postern.Billing.Checkout;
using Postern.Billing.Dunning;
using Postern.Billing.Ledger;
using Postern.Billing.Manual;
using Postern.Billing.News;
using Postern.Billing.Orders;
using Postern.Billing.Payments;
using Postern.Billing.Plans;
using Postern.Billing.Providers;
using Postern.Billing.Sandbox;
using Postern.Billing.Subscriptions;
using Postern.Billing.Taxes;
using Postern.Jobs;
using Postern.Storage;

namespace Postern.Billing;

/// <summary>
/// Wires plans, orders, subscriptions and the taking of payments. Whoever uses it registers an <see cref="Fulfilment.IFulfilment"/> (scoped), and says with
/// <see cref="BillingRegistration"/> who takes cards.
/// </summary>
public sealed class Module : IModule
{
    public void Register(IServiceCollection services)
    {
        services.AddKind(PlanKind.Kind).AddKind(PriceKind.Kind).AddKind(TaxRateKind.Kind).AddKind(TaxIdFormatKind.Kind).AddKind(SellerKind.Kind);
        services.AddSingleton<ITables, Tables>();
        services.AddScoped<ReadBillingAccount>().AddScoped<SaveBillingAccount>().AddScoped<EnsureCustomer>().AddScoped<ApplyCustomer>();
        services.AddScoped<PriceSeats>().AddScoped<PlaceOrder>().AddScoped<StartCheckout>().AddScoped<ApplyCheckout>();
        services.AddScoped<FindSubscription>().AddScoped<ApplySubscription>().AddScoped<RefreshSubscription>().AddScoped<ChangeSeats>().AddScoped<EndSubscription>();
        services.AddScoped<ListInvoices>().AddScoped<PaymentMethods>();
        services.AddScoped<ReceiveNews>().AddScoped<KeepNews>().AddScoped<ApplySubject>();
        services.AddScoped<BillingProviders>();
        services.AddScoped<LedgerParts>().AddScoped<WriteInvoice>().AddScoped<Settle>().AddScoped<OpenSubscription>().AddScoped<SandboxProvider>();
        services.AddScoped<ManualProvider>().AddScoped<MarkPaid>().AddScoped<ListAwaitedPayments>();
        services.AddScoped<FindCheckout>().AddScoped<SubmitCheckout>().AddScoped<TakeFirstPayment>().AddScoped<AddCard>();
        services.AddJob<TakeNews>(TakeNews.Kind);
        services.AddJob<Reconcile>(Reconcile.Kind, every: TimeSpan.FromHours(1));
        services.AddJob<RenewJob>(RenewJob.Kind, every: TimeSpan.FromHours(1));
        services.AddJob<RemindJob>(RemindJob.Kind, every: TimeSpan.FromHours(6));
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        WebhookApi.Map(routes);
        CheckoutApi.Map(routes);
    }
}
