using Microsoft.EntityFrameworkCore;
using Postern.Billing.Accounts;
using Postern.Billing.Amounts;
using Postern.Billing.Invoices;
using Postern.Billing.Orders;
using Postern.Billing.Plans;
using Postern.Billing.Providers;
using Postern.Billing.Subscriptions;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Billing.Ledger;

/// <summary>The parts that both providers with books of our own are made of.</summary>
public sealed record LedgerParts(PosternDb Db, TimeProvider Clock, WriteInvoice Write, Settle Settle);

/// <summary>A provider that keeps its books in this database: everything but how money comes in.</summary>
public abstract class LedgerProvider(LedgerParts parts) : IBillingProvider
{
    protected static readonly TimeSpan CheckoutLifetime = TimeSpan.FromHours(24);

    public abstract string Name { get; }

    public abstract bool HasCards { get; }

    public bool HasPortal => false;

    protected PosternDb Db => parts.Db;

    protected DateTimeOffset Now => parts.Clock.GetUtcNow();

    protected Settle Settle => parts.Settle;

    public string NameOf(Seats seats) => NameOf(seats.Type, seats.Unit);

    internal static string NameOf(SeatType type, Money unit) => $"{type} at {unit}";

    public Task<Result<string>> EnsureCustomerAsync(BillingAccount account, string? customerId, CancellationToken cancellation) =>
        Task.FromResult<Result<string>>(account.OrganizationId.ToString());

    public async Task<Result<HostedPage>> StartCheckoutAsync(CheckoutRequest request, CancellationToken cancellation)
    {
        var order = request.Order;
        var checkout = await Db.Set<LedgerCheckout>().FirstOrDefaultAsync(c => c.OrderId == order.Id, cancellation);
        if (checkout is null)
        {
            checkout = new LedgerCheckout { Id = Settle.NewId("cs"), Provider = Name, OrganizationId = order.OrganizationId, OrderId = order.Id };
            Db.Add(checkout);
        }
        (checkout.Success, checkout.Cancel, checkout.ExpiresAt) = (request.Success.ToString(), request.Cancel.ToString(), Now + CheckoutLifetime);
        await Db.SaveChangesAsync(cancellation);
        return new HostedPage(checkout.Id, PageOf(checkout));
    }

    public async Task<Result<CheckoutState>> GetCheckoutAsync(string checkoutId, CancellationToken cancellation)
    {
        var found = await (
            from c in Db.Set<LedgerCheckout>().AsNoTracking()
            where c.Id == checkoutId && c.Provider == Name && c.OrderId != null
            join s in Db.Set<LedgerSubscription>().AsNoTracking() on c.OrderId equals s.OrderId into all
            from s in all.DefaultIfEmpty()
            select new { c, s }).FirstOrDefaultAsync(cancellation);
        if (found is null)
            return new Fault.NotFound("Checkout");
        var status = found.s is not null ? CheckoutStatus.Complete : found.c.ExpiresAt > Now ? CheckoutStatus.Open : CheckoutStatus.Expired;
        return new CheckoutState(checkoutId, found.c.OrderId!.Value, status, found.s?.Id ?? "");
    }

    public async Task<Result<SubscriptionState>> GetSubscriptionAsync(string subscriptionId, CancellationToken cancellation) =>
        await Db.Set<LedgerSubscription>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == subscriptionId && s.Provider == Name, cancellation) is { } found
            ? found.State()
            : new Fault.NotFound("Subscription");

    public async Task<Result<ChangePreview>> PreviewChangeAsync(SeatChange change, CancellationToken cancellation)
    {
        var subscription = await Db.Set<LedgerSubscription>().AsNoTracking().FirstOrDefaultAsync(s => s.Id == change.SubscriptionId, cancellation);
        if (subscription is null)
            return new Fault.NotFound("Subscription");
        var wanted = change.Count;
        var items = change.AtRenewal ? [] : Charges.RestOfPeriod(subscription, wanted, change.At);
        var tax = await parts.Write.TaxAsync(subscription.OrganizationId, cancellation);
        var totals = Totals.Of(subscription.Currency, items, tax.BasisPoints);
        var next = Totals.Of(subscription.Currency, Charges.WholePeriod(subscription, wanted), basisPoints: 0);
        return new ChangePreview(totals.Total, totals.Tax, next.Total, change.At, [.. items.Select(i => new PreviewLine(i.Text, i.Amount))]);
    }

    public Task<Result<SubscriptionState>> ApplyChangeAsync(SeatChange change, CancellationToken cancellation) =>
        WithLockAsync(change.SubscriptionId, s => ChangeAsync(s, change, cancellation), cancellation);

    public Task<Result<SubscriptionState>> CancelAsync(string subscriptionId, CancellationToken cancellation) => SetEndAsync(subscriptionId, ends: true, cancellation);

    public Task<Result<SubscriptionState>> ResumeAsync(string subscriptionId, CancellationToken cancellation) => SetEndAsync(subscriptionId, ends: false, cancellation);

    public async Task<Result<IReadOnlyList<InvoiceSummary>>> ListInvoicesAsync(string customerId, CancellationToken cancellation)
    {
        var organization = Guid.Parse(customerId);
        var invoices = await Db.Set<Invoice>().AsNoTracking().Where(i => i.OrganizationId == organization && i.Provider == Name).OrderByDescending(i => i.CreatedAt).ThenByDescending(i => i.Number)
            .ToListAsync(cancellation);
        return Result<IReadOnlyList<InvoiceSummary>>.Of([.. invoices.Select(Summary)]);
    }

    public async Task<Result<InvoiceFile>> GetInvoicePdfAsync(string customerId, string invoiceId, CancellationToken cancellation)
    {
        var organization = Guid.Parse(customerId);
        return Guid.TryParse(invoiceId, out var id)
            && await Db.Set<Invoice>().AsNoTracking().FirstOrDefaultAsync(i => i.Id == id && i.OrganizationId == organization && i.Provider == Name, cancellation) is { } invoice
            ? new InvoiceFile(Address: null, InvoicePdf.Draw(invoice), $"{invoice.Number}.pdf")
            : new Fault.NotFound("Invoice");
    }

    public async Task<Result<Unit>> RefundAsync(string customerId, string invoiceId, CancellationToken cancellation)
    {
        var organization = Guid.Parse(customerId);
        if (!Guid.TryParse(invoiceId, out var id)
            || await Db.Set<Invoice>().AsNoTracking().FirstOrDefaultAsync(i => i.Id == id && i.OrganizationId == organization && i.Provider == Name, cancellation) is not { } found)
            return new Fault.NotFound("Invoice");
        return await Db.InTransactionAsync(() => TakeBackAsync(found, cancellation), static r => r.Fault is null, cancellation);
    }

    public virtual Task<Result<IReadOnlyList<PaymentMethod>>> ListPaymentMethodsAsync(string customerId, CancellationToken cancellation) =>
        Task.FromResult(Result<IReadOnlyList<PaymentMethod>>.Of([]));

    public virtual Task<Result<HostedPage>> StartAddPaymentMethodAsync(string customerId, Uri returnTo, CancellationToken cancellation) =>
        Task.FromResult<Result<HostedPage>>(NoCards);

    public Task<Result<HostedPage>> StartPortalAsync(string customerId, Uri returnTo, CancellationToken cancellation) => Task.FromResult<Result<HostedPage>>(new Fault.NotFound("Page"));

    public virtual Task<Result<Unit>> SetDefaultPaymentMethodAsync(string customerId, string methodId, CancellationToken cancellation) => Task.FromResult<Result<Unit>>(NoCards);

    public virtual Task<Result<Unit>> DetachPaymentMethodAsync(string customerId, string methodId, CancellationToken cancellation) => Task.FromResult<Result<Unit>>(NoCards);

    public Task<Result<TaxIdStatus>> UpsertTaxIdAsync(string customerId, TaxIdentifier? taxId, CancellationToken cancellation) =>
        Task.FromResult<Result<TaxIdStatus>>(taxId is null ? TaxIdStatus.None : TaxIdStatus.Pending);

    // Its news are written by itself, in the transaction of their cause; whoever posts some is somebody else.
    public Result<ProviderNews> ParseWebhook(ReadOnlyMemory<byte> body, string signature) => new Fault.Forbidden($"{Name} delivers nothing by webhook.");

    public Task<Result<string>> GetCustomerOfChargeAsync(string chargeId, CancellationToken cancellation) => Task.FromResult<Result<string>>(new Fault.NotFound("Charge"));

    public async Task<Result<IReadOnlyList<Subject>>> ListChangedAsync(DateTimeOffset since, CancellationToken cancellation)
    {
        var changed = await Db.Set<LedgerSubscription>().Where(s => s.Provider == Name && s.ChangedAt >= since).Select(s => s.Id).ToListAsync(cancellation);
        return Result<IReadOnlyList<Subject>>.Of([.. changed.Select(id => new Subject(SubjectKind.Subscription, id))]);
    }

    /// <summary>The page of a checkout.</summary>
    protected static Uri PageOf(LedgerCheckout checkout) => new($"/checkout/{checkout.Id}", UriKind.Relative);

    /// <summary>Takes the money of a new invoice now, or leaves it open. Faults: invalid, with words for the customer, when it is refused.</summary>
    protected abstract Task<Result<Unit>> CollectAsync(LedgerSubscription subscription, Invoice invoice, CancellationToken cancellation);

    /// <summary>Runs a change of a subscription in one transaction, under the lock of its order. Faults: not found.</summary>
    protected async Task<Result<SubscriptionState>> WithLockAsync(string subscriptionId, Func<LedgerSubscription, Task<Result<Unit>>> change, CancellationToken cancellation)
    {
        var order = await Db.Set<LedgerSubscription>().AsNoTracking().Where(s => s.Id == subscriptionId && s.Provider == Name).Select(s => s.OrderId).FirstOrDefaultAsync(cancellation);
        if (order == Guid.Empty)
            return new Fault.NotFound("Subscription");
        return await Db.InTransactionAsync<Result<SubscriptionState>>(
            async () =>
            {
                await LockOrder.ExecuteAsync(Db, order, cancellation);
                var subscription = await Db.Set<LedgerSubscription>().FirstAsync(s => s.Id == subscriptionId, cancellation);
                return (await change(subscription)).Then(_ => subscription.State());
            },
            static r => r.Fault is null,
            cancellation);
    }

    Task<Result<SubscriptionState>> SetEndAsync(string subscriptionId, bool ends, CancellationToken cancellation) => WithLockAsync(
        subscriptionId,
        async subscription =>
        {
            if (!subscription.IsAlive)
                return Fault.Input("This subscription has ended.");
            subscription.CancelAtPeriodEnd = ends;
            await Settle.TellAsync(subscription, "customer.subscription.updated", cancellation);
            return Unit.Value;
        },
        cancellation);

    async Task<Result<Unit>> ChangeAsync(LedgerSubscription subscription, SeatChange change, CancellationToken cancellation)
    {
        if (change.AtRenewal)
        {
            (subscription.InternalUsers, subscription.ExternalUsers) = (change.Count.Internal, change.Count.External);
            await Settle.TellAsync(subscription, "customer.subscription.updated", cancellation);
            return Unit.Value;
        }
        if (await Db.Set<Invoice>().AnyAsync(i => i.OrderId == subscription.OrderId && i.Status == InvoiceStatus.Open, cancellation))
            return Fault.Input("Please pay the open invoice first.");
        var items = Charges.RestOfPeriod(subscription, change.Count, change.At);
        var invoice = await parts.Write.ExecuteAsync(subscription, InvoiceReason.Seats, items, subscription.Period with { Start = change.At }, change.Count, cancellation);
        await Db.SaveChangesAsync(cancellation);
        return await CollectAsync(subscription, invoice, cancellation);
    }

    async Task<Result<Unit>> TakeBackAsync(Invoice found, CancellationToken cancellation)
    {
        await LockOrder.ExecuteAsync(Db, found.OrderId, cancellation);
        var invoice = await Db.Set<Invoice>().FirstAsync(i => i.Id == found.Id, cancellation);
        if (invoice is not { Status: InvoiceStatus.Paid, Credits: null, RefundedAt: null })
            return Fault.Input("Only a paid invoice can be refunded, and only once.");
        var subscription = await Db.Set<LedgerSubscription>().FirstAsync(s => s.OrderId == invoice.OrderId, cancellation);
        await parts.Write.CreditAsync(invoice, cancellation);
        invoice.RefundedAt = Now;
        // Seats bought within a period go back alone; the period itself takes the licence with it.
        if (invoice.Reason is InvoiceReason.Seats || invoice.PeriodEnd < subscription.PaidUntil)
        {
            await Db.SaveChangesAsync(cancellation);
            return Unit.Value;
        }
        subscription.Refunded = true;
        await Settle.EndAsync(subscription, SubscriptionStatus.Canceled, cancellation);
        return Unit.Value;
    }

    static InvoiceSummary Summary(Invoice invoice) => new(
        invoice.Id.ToString(), invoice.Number, invoice.CreatedAt, invoice.Total, invoice.Status is InvoiceStatus.Open ? invoice.Total : Money.Zero(invoice.Currency), invoice.Status)
    {
        DueAt = invoice.DueAt,
        Refunded = invoice.RefundedAt is null ? Money.Zero(invoice.Currency) : invoice.Total,
    };

    static Fault NoCards => Fault.Input("There are no cards here; invoices are paid by bank transfer.");
}
