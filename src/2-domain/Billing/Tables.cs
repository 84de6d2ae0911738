using Microsoft.EntityFrameworkCore;
using Postern.Billing.Accounts;
using Postern.Billing.Fulfilment;
using Postern.Billing.Ledger;
using Postern.Billing.News;
using Postern.Billing.Orders;
using Postern.Billing.Sandbox;
using Postern.Billing.Subscriptions;
using Postern.Storage;

namespace Postern.Billing;

sealed class Tables : ITables
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<BillingAccount>().ToTable("billing_account").HasKey(a => a.OrganizationId);
        model.Entity<Customer>().ToTable("billing_customer").HasKey(c => new { c.OrganizationId, c.Provider });
        model.Entity<Order>().ToTable("billing_order").HasKey(o => o.Id);
        model.Entity<Subscription>().ToTable("billing_subscription").HasKey(s => s.OrderId);
        model.Entity<ProviderEvent>().ToTable("billing_event").HasKey(e => new { e.Provider, e.Id });
        model.Entity<Invoice>().Ignore(i => i.Total).ToTable("billing_invoice").HasKey(i => i.Id);
        model.Entity<LedgerSubscription>().Ignore(s => s.Period).Ignore(s => s.Seats).ToTable("billing_ledger").HasKey(s => s.Id);
        model.Entity<LedgerCheckout>().ToTable("billing_checkout").HasKey(c => c.Id);
        model.Entity<Card>().ToTable("billing_card").HasKey(c => c.Id);
        model.Entity<Entitlement>().ToTable("billing_entitlement").HasKey(e => new { e.OrderId, e.Revision });
    }
}
