using Microsoft.EntityFrameworkCore;
using Postern.Billing.Accounts;
using Postern.Billing.Fulfilment;
using Postern.Billing.Orders;
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
        model.Entity<Entitlement>().ToTable("billing_entitlement").HasKey(e => new { e.OrderId, e.Revision });
    }
}
