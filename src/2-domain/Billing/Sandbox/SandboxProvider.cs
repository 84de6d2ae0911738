using Microsoft.EntityFrameworkCore;
using Postern.Billing.Ledger;
using Postern.Billing.Providers;
using Postern.Kernel;

namespace Postern.Billing.Sandbox;

/// <summary>Test payments in this process: deterministic, clearly marked, no money moves.</summary>
public sealed class SandboxProvider(LedgerParts parts) : LedgerProvider(parts)
{
    public const string ProviderName = "sandbox";

    internal const string Declined = "Your card was declined.";

    public override string Name => ProviderName;

    public override bool HasCards => true;

    public override async Task<Result<IReadOnlyList<PaymentMethod>>> ListPaymentMethodsAsync(string customerId, CancellationToken cancellation)
    {
        var organization = Guid.Parse(customerId);
        var cards = await Db.Set<Card>().AsNoTracking().Where(c => c.OrganizationId == organization).OrderBy(c => c.Id).ToListAsync(cancellation);
        return Result<IReadOnlyList<PaymentMethod>>.Of([.. cards.Select(c => new PaymentMethod(c.Id, c.Brand, c.Last4, c.ExpiryMonth, c.ExpiryYear, c.IsDefault))]);
    }

    public override async Task<Result<HostedPage>> StartAddPaymentMethodAsync(string customerId, Uri returnTo, CancellationToken cancellation)
    {
        var checkout = new LedgerCheckout
        {
            Id = Settle.NewId("cs"),
            Provider = Name,
            OrganizationId = Guid.Parse(customerId),
            Success = returnTo.ToString(),
            Cancel = returnTo.ToString(),
            ExpiresAt = Now + CheckoutLifetime,
        };
        Db.Add(checkout);
        await Db.SaveChangesAsync(cancellation);
        return new HostedPage(checkout.Id, PageOf(checkout));
    }

    public override async Task<Result<Unit>> SetDefaultPaymentMethodAsync(string customerId, string methodId, CancellationToken cancellation)
    {
        var cards = await CardsAsync(customerId, cancellation);
        if (cards.Find(c => c.Id == methodId) is not { } chosen)
            return new Fault.NotFound("Payment method");
        foreach (var card in cards)
            card.IsDefault = card == chosen;
        await Db.SaveChangesAsync(cancellation);
        return await RetryAsync(chosen, cancellation);
    }

    public override async Task<Result<Unit>> DetachPaymentMethodAsync(string customerId, string methodId, CancellationToken cancellation)
    {
        var cards = await CardsAsync(customerId, cancellation);
        if (cards.Find(c => c.Id == methodId) is not { } gone)
            return new Fault.NotFound("Payment method");
        var organization = gone.OrganizationId;
        if (gone.IsDefault && await Db.Set<LedgerSubscription>().AnyAsync(
                s => s.OrganizationId == organization && s.Provider == Name && !s.CancelAtPeriodEnd
                     && (s.Status == Subscriptions.SubscriptionStatus.Active || s.Status == Subscriptions.SubscriptionStatus.PastDue), cancellation))
            return Fault.Input("Subscriptions are paid with this card. Choose another default first.");
        Db.Remove(gone);
        await Db.SaveChangesAsync(cancellation);
        return Unit.Value;
    }

    /// <summary>Charges the default card; books what came of it.</summary>
    internal async Task ChargeAsync(LedgerSubscription subscription, Invoice invoice, CancellationToken cancellation)
    {
        if (await RefuseAsync(subscription.OrganizationId, invoice, cancellation) is { } why)
            await Settle.FailedAsync(subscription, invoice, why, cancellation);
        else
            await Settle.PaidAsync(subscription, invoice, cancellation);
    }

    // An invoice for more seats that is not paid at once is void: the seats were never given.
    protected override async Task<Result<Unit>> CollectAsync(LedgerSubscription subscription, Invoice invoice, CancellationToken cancellation)
    {
        if (await RefuseAsync(subscription.OrganizationId, invoice, cancellation) is { } why)
            return Fault.Input(why);
        await Settle.PaidAsync(subscription, invoice, cancellation);
        return Unit.Value;
    }

    async Task<string?> RefuseAsync(Guid organization, Invoice invoice, CancellationToken cancellation)
    {
        if (invoice.TotalMinor == 0)
            return null;
        var card = await Db.Set<Card>().AsNoTracking().FirstOrDefaultAsync(c => c.OrganizationId == organization && c.IsDefault, cancellation);
        var now = Now;
        return card switch
        {
            null => "There is no card on file.",
            _ when new DateTimeOffset(card.ExpiryYear, card.ExpiryMonth, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1) <= now => "Your card has expired.",
            { Behavior: CardBehavior.Succeeds or CardBehavior.NeedsConfirmation } => null,
            _ => Declined,
        };
    }

    // A new card pays what is owed. Where it does not, the planned tries go on as they were.
    async Task<Result<Unit>> RetryAsync(Card card, CancellationToken cancellation)
    {
        var owing = await (
            from i in Db.Set<Invoice>().AsNoTracking()
            join s in Db.Set<LedgerSubscription>().AsNoTracking() on i.OrderId equals s.OrderId
            where i.OrganizationId == card.OrganizationId && i.Provider == Name && i.Status == InvoiceStatus.Open
            select new { s.Id, Invoice = i.Id }).ToListAsync(cancellation);
        foreach (var one in owing)
            await WithLockAsync(one.Id, subscription => PayAsync(subscription, one.Invoice, cancellation), cancellation);
        return Unit.Value;
    }

    async Task<Result<Unit>> PayAsync(LedgerSubscription subscription, Guid invoiceId, CancellationToken cancellation)
    {
        var invoice = await Db.Set<Invoice>().FirstAsync(i => i.Id == invoiceId, cancellation);
        if (invoice.Status is InvoiceStatus.Open && await RefuseAsync(subscription.OrganizationId, invoice, cancellation) is null)
            await Settle.PaidAsync(subscription, invoice, cancellation);
        return Unit.Value;
    }

    Task<List<Card>> CardsAsync(string customerId, CancellationToken cancellation)
    {
        var organization = Guid.Parse(customerId);
        return Db.Set<Card>().Where(c => c.OrganizationId == organization).OrderBy(c => c.Id).ToListAsync(cancellation);
    }
}
