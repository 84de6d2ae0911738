using Microsoft.EntityFrameworkCore;
using Postern.Billing.Providers;
using Postern.Billing.Taxes;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Billing.Accounts;

/// <summary>Makes the organisation known to a provider, with its present address and tax identifier. Faults: what the provider answers. Writes the customer's id.</summary>
public sealed class EnsureCustomer(PosternDb db, ReadBillingAccount accounts)
{
    public async Task<Result<string>> ExecuteAsync(IBillingProvider provider, Guid organizationId, CancellationToken cancellation)
    {
        var account = await accounts.ExecuteAsync(organizationId, cancellation);
        var known = await FindAsync(provider, organizationId, cancellation);
        if (!(await provider.EnsureCustomerAsync(account, known, cancellation)).Succeeded(out var customer, out var fault))
            return fault;
        await db.ExecuteAsync(
            "INSERT INTO billing_customer (organization_id, provider, customer_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", cancellation, organizationId, provider.Name, customer);
        return (await TaxIdAsync(provider, customer, account, cancellation)).Fault is { } refused ? refused : customer;
    }

    /// <summary>The provider's name of the organisation; null when it has none yet.</summary>
    public Task<string?> FindAsync(IBillingProvider provider, Guid organizationId, CancellationToken cancellation) =>
        db.Set<Customer>().Where(c => c.OrganizationId == organizationId && c.Provider == provider.Name).Select(c => c.CustomerId).FirstOrDefaultAsync(cancellation);

    /// <summary>Tells the provider the tax identifier and keeps what it says about it.</summary>
    public async Task<Result<Unit>> TaxIdAsync(IBillingProvider provider, string customer, BillingAccount account, CancellationToken cancellation)
    {
        var type = await db.Set<TaxIdFormat>().Where(f => f.Country == account.Country).Select(f => f.Type).FirstOrDefaultAsync(cancellation);
        var taxId = account.TaxId.Length > 0 && type is not null ? new TaxIdentifier(type, account.TaxId) : null;
        if (!(await provider.UpsertTaxIdAsync(customer, taxId, cancellation)).Succeeded(out var status, out var fault))
            return fault;
        await db.Set<BillingAccount>().Where(a => a.OrganizationId == account.OrganizationId && a.TaxId == account.TaxId)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.TaxIdStatus, status), cancellation);
        return Unit.Value;
    }
}
