using Postern.Billing.Accounts;
using Postern.Kernel;

namespace Postern.Billing.Providers;

/// <summary>
/// Somebody who takes payments. Refusals that a person can mend (card declined, wrong input) are faults; a provider that does not answer is
/// <see cref="Fault.Throttled"/>: worth another try. Everything answered is the provider's present state, never a difference.
/// </summary>
public interface IBillingProvider
{
    /// <summary>Name in orders and in the address of webhooks: <c>sandbox</c>, <c>manual</c>, <c>stripe</c>.</summary>
    string Name { get; }

    /// <summary>Customers keep cards there.</summary>
    bool HasCards { get; }

    /// <summary>Customers have a page of their own there, for cards, invoices and addresses.</summary>
    bool HasPortal { get; }

    /// <summary>The provider's name of the price of these seats.</summary>
    string NameOf(Seats seats);

    /// <summary>Makes the customer or brings its address and tax identifier up to date. Answers the provider's id.</summary>
    Task<Result<string>> EnsureCustomerAsync(BillingAccount account, string? customerId, CancellationToken cancellation);

    /// <summary>Opens a checkout; the same order opens the same one again.</summary>
    Task<Result<HostedPage>> StartCheckoutAsync(CheckoutRequest request, CancellationToken cancellation);

    Task<Result<CheckoutState>> GetCheckoutAsync(string checkoutId, CancellationToken cancellation);

    Task<Result<SubscriptionState>> GetSubscriptionAsync(string subscriptionId, CancellationToken cancellation);

    /// <summary>What <see cref="ApplyChangeAsync"/> would charge now with the same <see cref="SeatChange.At"/>.</summary>
    Task<Result<ChangePreview>> PreviewChangeAsync(SeatChange change, CancellationToken cancellation);

    /// <summary>More seats are charged at once and count once paid; fewer count from the next period.</summary>
    Task<Result<SubscriptionState>> ApplyChangeAsync(SeatChange change, CancellationToken cancellation);

    /// <summary>Lets the subscription end with its period.</summary>
    Task<Result<SubscriptionState>> CancelAsync(string subscriptionId, CancellationToken cancellation);

    /// <summary>Takes back a cancellation before the period has ended.</summary>
    Task<Result<SubscriptionState>> ResumeAsync(string subscriptionId, CancellationToken cancellation);

    /// <summary>Newest first.</summary>
    Task<Result<IReadOnlyList<InvoiceSummary>>> ListInvoicesAsync(string customerId, CancellationToken cancellation);

    Task<Result<InvoiceFile>> GetInvoicePdfAsync(string customerId, string invoiceId, CancellationToken cancellation);

    /// <summary>Gives back what was paid; with it the order's licence ends. Vendors only.</summary>
    Task<Result<Unit>> RefundAsync(string customerId, string invoiceId, CancellationToken cancellation);

    Task<Result<IReadOnlyList<PaymentMethod>>> ListPaymentMethodsAsync(string customerId, CancellationToken cancellation);

    /// <summary>A page of the provider where the customer enters a card and comes back.</summary>
    Task<Result<HostedPage>> StartAddPaymentMethodAsync(string customerId, Uri returnTo, CancellationToken cancellation);

    /// <summary>Opens the customer's own page at the provider. Faults: not found where there are none.</summary>
    Task<Result<HostedPage>> StartPortalAsync(string customerId, Uri returnTo, CancellationToken cancellation);

    Task<Result<Unit>> SetDefaultPaymentMethodAsync(string customerId, string methodId, CancellationToken cancellation);

    Task<Result<Unit>> DetachPaymentMethodAsync(string customerId, string methodId, CancellationToken cancellation);

    /// <summary>Sets the customer's one tax identifier, or takes it away; answers what is known about it.</summary>
    Task<Result<TaxIdStatus>> UpsertTaxIdAsync(string customerId, TaxIdentifier? taxId, CancellationToken cancellation);

    /// <summary>Reads a delivery, whose signature is over exactly these bytes. Faults: forbidden when it is not the provider's.</summary>
    Result<ProviderNews> ParseWebhook(ReadOnlyMemory<byte> body, string signature);

    /// <summary>Whose payment this is.</summary>
    Task<Result<string>> GetCustomerOfChargeAsync(string chargeId, CancellationToken cancellation);

    /// <summary>Names what changed since a moment, in case that deliveries were lost. May name too much.</summary>
    Task<Result<IReadOnlyList<Subject>>> ListChangedAsync(DateTimeOffset since, CancellationToken cancellation);
}
