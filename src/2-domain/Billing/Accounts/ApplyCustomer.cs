using Microsoft.EntityFrameworkCore;
using Postern.Billing.Providers;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Billing.Accounts;

/// <summary>Takes over what a provider has found out about a customer's tax identifier.</summary>
sealed class ApplyCustomer(PosternDb db, BillingProviders providers, EnsureCustomer customers, ReadBillingAccount accounts)
{
    public async Task<Result<Unit>> ExecuteAsync(string provider, string customerId, CancellationToken cancellation)
    {
        var organization = await db.Set<Customer>().Where(c => c.Provider == provider && c.CustomerId == customerId).Select(c => (Guid?)c.OrganizationId).FirstOrDefaultAsync(cancellation);
        if (organization is not { } id)
            return new Fault.NotFound("Customer");
        return await customers.TaxIdAsync(providers.Of(provider), customerId, await accounts.ExecuteAsync(id, cancellation), cancellation);
    }
}
