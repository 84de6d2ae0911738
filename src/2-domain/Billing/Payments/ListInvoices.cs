using Microsoft.EntityFrameworkCore;
using Postern.Billing.Accounts;
using Postern.Billing.Providers;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Billing.Payments;

/// <summary>An invoice with the provider that made it.</summary>
public sealed record OwnInvoice(string Provider, InvoiceSummary Invoice);

/// <summary>The invoices of an organisation at all its providers, newest first. Whoever calls has checked that the caller is an owner. Faults: not found, and what a provider answers.</summary>
public sealed class ListInvoices(PosternDb db, BillingProviders providers)
{
    public async Task<Result<IReadOnlyList<OwnInvoice>>> ExecuteAsync(Guid organizationId, CancellationToken cancellation)
    {
        var all = new List<OwnInvoice>();
        foreach (var customer in await db.Set<Customer>().AsNoTracking().Where(c => c.OrganizationId == organizationId).ToListAsync(cancellation))
        {
            if (providers.Find(customer.Provider) is not { } provider)
                continue;
            if (!(await provider.ListInvoicesAsync(customer.CustomerId, cancellation)).Succeeded(out var invoices, out var fault))
                return fault;
            all.AddRange(invoices.Select(i => new OwnInvoice(provider.Name, i)));
        }
        return Result<IReadOnlyList<OwnInvoice>>.Of([.. all.OrderByDescending(i => i.Invoice.Created).ThenByDescending(i => i.Invoice.Number, StringComparer.Ordinal)]);
    }

    /// <summary>The PDF of one: bytes of our own, or the provider's address.</summary>
    public async Task<Result<InvoiceFile>> PdfAsync(Guid organizationId, string provider, string invoiceId, CancellationToken cancellation) =>
        await FindAsync(organizationId, provider, cancellation) is (var found, { } customer) ? await found.GetInvoicePdfAsync(customer, invoiceId, cancellation) : new Fault.NotFound("Invoice");

    /// <summary>Gives the money of a paid invoice back; whoever calls has checked that the caller is support staff.</summary>
    public async Task<Result<Unit>> RefundAsync(Guid organizationId, string provider, string invoiceId, CancellationToken cancellation) =>
        await FindAsync(organizationId, provider, cancellation) is (var found, { } customer) ? await found.RefundAsync(customer, invoiceId, cancellation) : new Fault.NotFound("Invoice");

    async Task<(IBillingProvider Provider, string? Customer)?> FindAsync(Guid organizationId, string name, CancellationToken cancellation) =>
        providers.Find(name) is { } provider
            ? (provider, await db.Set<Customer>().Where(c => c.OrganizationId == organizationId && c.Provider == name).Select(c => c.CustomerId).FirstOrDefaultAsync(cancellation))
            : null;
}
