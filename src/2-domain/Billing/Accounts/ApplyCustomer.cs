using Microsoft.EntityFrameworkCore;
using Postern.Billing.Providers;
using Postern.Billing.Subscriptions;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Billing.Accounts;

/// <summary>Something about a customer changed: takes over what the provider found out about its tax identifier, and looks at all of its subscriptions.</summary>
sealed class ApplyCustomer(PosternDb db, BillingProviders providers, EnsureCustomer customers, ReadBillingAccount accounts, ApplySubscription subscriptions)
{
    public async Task<Result<Unit>> ExecuteAsync(string provider, string customerId, CancellationToken cancellation)
    {
        var organization = await db.Set<Customer>().Where(c => c.Provider == provider && c.CustomerId == customerId).Select(c => (Guid?)c.OrganizationId).FirstOrDefaultAsync(cancellation);
        if (organization is not { } id)
            return new Fault.NotFound("Customer");
        var account = await accounts.ExecuteAsync(id, cancellation);
        // Without one of ours, theirs may have been entered at the provider's checkout.
        if (account.TaxId.Length > 0 && (await customers.TaxIdAsync(providers.Of(provider), customerId, account, cancellation)).Fault is { } refused)
            return refused;
        foreach (var subscription in await db.Set<Subscription>().Where(s => s.Provider == provider && s.OrganizationId == id).Select(s => s.ProviderId).ToListAsync(cancellation))
        {
            if ((await subscriptions.ExecuteAsync(provider, subscription, cancellation)).Fault is { } fault and not Fault.NotFound)
                return fault;
        }
        return Unit.Value;
    }
}
