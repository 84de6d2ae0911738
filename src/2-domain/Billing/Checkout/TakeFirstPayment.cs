using System.Text.Json.Nodes;
using Postern.Billing.Ledger;
using Postern.Billing.Manual;
using Postern.Billing.News;
using Postern.Billing.Providers;

namespace Postern.Billing.Checkout;

/// <summary>Takes the first payment of a finished checkout: a card that got here pays, a bank transfer is awaited. Tells of both by the checkout's news.</summary>
sealed class TakeFirstPayment(Settle settle, ManualProvider manual, KeepNews news, TimeProvider clock)
{
    public async Task ExecuteAsync(LedgerCheckout checkout, LedgerSubscription subscription, Invoice invoice, CancellationToken cancellation)
    {
        var completed = new ProviderNews(
            Settle.NewId("evt"), "checkout.session.completed", new(SubjectKind.Checkout, checkout.Id), clock.GetUtcNow(), new JsonObject { ["checkout"] = checkout.Id });
        await news.ExecuteAsync(checkout.Provider, completed, cancellation);
        if (checkout.Provider == ManualProvider.ProviderName)
            await manual.FirstAsync(subscription, invoice, cancellation);
        else
            await settle.PaidAsync(subscription, invoice, cancellation);
    }
}
