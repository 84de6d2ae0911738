using Postern.Billing.Manual;
using Postern.Billing.Payments;
using Postern.Kernel;
using Postern.Portal.Access;
using Postern.Portal.Audit;
using Postern.Storage;

namespace Postern.Portal.Desk;

/// <summary>Money that support staff books by hand, or gives back; the gate has let staff in only. Each is written to the organization's audit trail.</summary>
sealed class DeskPayments(PosternDb db, MarkPaid paid, ListInvoices invoices, RecordAudit audit)
{
    /// <summary>The money of an open invoice has come in by bank transfer.</summary>
    public Task<Result<Unit>> RecordPaymentAsync(Actor staff, Guid invoice, CancellationToken cancellation) => db.InTransactionAsync(
        async () => (await paid.ExecuteAsync(invoice, cancellation)).Succeeded(out var payment, out var fault)
            ? await WrittenAsync(payment.OrganizationId, staff, "billing.payment_recorded", $"{payment.Number}, {payment.Total}", cancellation)
            : fault,
        static r => r.Fault is null,
        cancellation);

    /// <summary>Gives the money of a paid invoice back; the license ends with it.</summary>
    public async Task<Result<Unit>> RefundAsync(Actor staff, Guid organization, string provider, string invoice, CancellationToken cancellation)
    {
        if ((await invoices.RefundAsync(organization, provider, invoice, cancellation)).Fault is { } fault)
            return fault;
        return await WrittenAsync(organization, staff, "billing.refunded", invoice, cancellation);
    }

    async Task<Result<Unit>> WrittenAsync(Guid organization, Actor staff, string action, string detail, CancellationToken cancellation)
    {
        audit.Add(organization, staff, action, detail);
        await db.SaveChangesAsync(cancellation);
        return Unit.Value;
    }
}
