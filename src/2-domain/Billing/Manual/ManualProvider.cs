using Postern.Billing.Ledger;
using Postern.Kernel;

namespace Postern.Billing.Manual;

/// <summary>Bank transfer: the customer orders and gets an invoice, the vendor marks it paid when the money has come in.</summary>
public sealed class ManualProvider(LedgerParts parts) : LedgerProvider(parts)
{
    public const string ProviderName = "manual";

    public override string Name => ProviderName;

    public override bool HasCards => false;

    protected override async Task<Result<Unit>> CollectAsync(LedgerSubscription subscription, Invoice invoice, CancellationToken cancellation)
    {
        if (invoice.TotalMinor == 0)
            await Settle.PaidAsync(subscription, invoice, cancellation);
        else
            await Settle.TellAsync(subscription, "invoice.finalized", cancellation);
        return Unit.Value;
    }

    internal Task<Result<Unit>> FirstAsync(LedgerSubscription subscription, Invoice invoice, CancellationToken cancellation) => CollectAsync(subscription, invoice, cancellation);
}
