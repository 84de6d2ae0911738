using Microsoft.EntityFrameworkCore;
using Postern.Billing.Ledger;
using Postern.Billing.Orders;
using Postern.Billing.Providers;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Billing.Manual;

/// <summary>
/// The vendor has seen the money of an open invoice come in. Whoever calls has checked that the caller is support staff. Faults: not found, invalid (it is not open). Writes the
/// payment and the news of it, from which the licence follows; answers what was waited for.
/// </summary>
public sealed class MarkPaid(PosternDb db, Settle settle)
{
    public async Task<Result<AwaitedPayment>> ExecuteAsync(Guid invoiceId, CancellationToken cancellation)
    {
        var order = await db.Set<Invoice>().AsNoTracking().Where(i => i.Id == invoiceId && i.Provider == ManualProvider.ProviderName).Select(i => i.OrderId).FirstOrDefaultAsync(cancellation);
        if (order == Guid.Empty)
            return new Fault.NotFound("Invoice");
        return await db.InTransactionAsync<Result<AwaitedPayment>>(
            async () =>
            {
                await LockOrder.ExecuteAsync(db, order, cancellation);
                var invoice = await db.Set<Invoice>().FirstAsync(i => i.Id == invoiceId, cancellation);
                if (invoice.Status is not InvoiceStatus.Open)
                    return Fault.Input("This invoice is not open.");
                await settle.PaidAsync(await db.Set<LedgerSubscription>().FirstAsync(s => s.OrderId == order, cancellation), invoice, cancellation);
                return AwaitedPayment.Of(invoice);
            },
            static r => r.Fault is null,
            cancellation);
    }
}

/// <summary>An invoice that waits for its bank transfer.</summary>
public sealed record AwaitedPayment(Guid InvoiceId, string Number, Guid OrganizationId, Guid OrderId, Amounts.Money Total, DateTimeOffset CreatedAt, DateTimeOffset DueAt)
{
    internal static AwaitedPayment Of(Invoice invoice) => new(invoice.Id, invoice.Number, invoice.OrganizationId, invoice.OrderId, invoice.Total, invoice.CreatedAt, invoice.DueAt);
}

/// <summary>What the vendor's staff looks through with the bank statement in hand: open invoices of bank transfers, oldest first.</summary>
public sealed class ListAwaitedPayments(PosternDb db)
{
    public async Task<IReadOnlyList<AwaitedPayment>> ExecuteAsync(CancellationToken cancellation) =>
        [.. (await db.Set<Invoice>().AsNoTracking().Where(i => i.Provider == ManualProvider.ProviderName && i.Status == InvoiceStatus.Open).OrderBy(i => i.CreatedAt).Take(500).ToListAsync(cancellation))
            .Select(AwaitedPayment.Of)];
}
