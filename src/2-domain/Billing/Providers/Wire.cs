using System.Text.Json.Nodes;
using Postern.Billing.Accounts;
using Postern.Billing.Amounts;
using Postern.Billing.Plans;
using Postern.Billing.Subscriptions;

namespace Postern.Billing.Providers;

/// <summary>A page of the provider to send the customer to. Providers of the portal's own answer an address relative to the portal.</summary>
public sealed record HostedPage(string Id, Uri Address);

/// <summary>What to open a checkout with.</summary>
/// <param name="Success">Where the customer comes back to after finishing.</param>
/// <param name="Cancel">Where the customer comes back to after turning back.</param>
public sealed record CheckoutRequest(Orders.Order Order, Plan Plan, IReadOnlyList<Seats> Seats, string CustomerId, Uri Success, Uri Cancel);

/// <summary>A number of seats at a price.</summary>
public sealed record Seats(SeatType Type, int Count, Money Unit, string ProviderPrice);

/// <summary>How a checkout stands.</summary>
/// <param name="OrderId">The order it was opened for.</param>
/// <param name="SubscriptionId">Empty until the customer has finished.</param>
public sealed record CheckoutState(string Id, Guid OrderId, CheckoutStatus Status, string SubscriptionId)
{
    /// <summary>What the customer entered at the provider; null where nothing is entered there.</summary>
    public BillingAccountInput? Entered { get; init; }
}

/// <summary>Where the customer is in a checkout.</summary>
public enum CheckoutStatus
{
    Open,
    Complete,
    Expired,
}

/// <summary>How a subscription stands.</summary>
/// <param name="OrderId">The order it came from; null when the provider names none, so that it is not ours.</param>
/// <param name="IsPaid">The present period is paid for.</param>
public sealed record SubscriptionState(
    string Id, Guid? OrderId, SubscriptionStatus Status, SeatCount Seats, DateTimeOffset PeriodStart, DateTimeOffset PeriodEnd, bool IsPaid, bool CancelAtPeriodEnd)
{
    /// <summary>The money of the present period went back.</summary>
    public Fulfilment.RevokeReason? Revoked { get; init; }

    /// <summary>Prices it is charged at, as <see cref="IBillingProvider.NameOf"/> has them; those of the order, or nothing is issued.</summary>
    public IReadOnlyList<string> Prices { get; init; } = [];

    /// <summary>Why the last payment failed, for people; empty when it did not.</summary>
    public string Failure { get; init; } = "";
}

/// <summary>Seats by kind of user.</summary>
public sealed record SeatCount(int Internal, int External)
{
    public bool AtLeast(SeatCount other) => Internal >= other.Internal && External >= other.External;
}

/// <summary>A wish for other numbers of users.</summary>
/// <param name="At">The moment that proration counts from; the preview's, so that what was shown is what is charged.</param>
/// <param name="AtRenewal">No more than was paid for: nothing is charged now, and it counts from the next period.</param>
public sealed record SeatChange(string SubscriptionId, string CustomerId, IReadOnlyList<Seats> Seats, DateTimeOffset At, bool AtRenewal)
{
    public SeatCount Count => new(Of(SeatType.Internal), Of(SeatType.External));

    int Of(SeatType type) => Seats.FirstOrDefault(s => s.Type == type)?.Count ?? 0;
}

/// <summary>What a change of seats costs.</summary>
/// <param name="Now">Charged at once, tax included; zero when fewer seats are asked for.</param>
/// <param name="NextPeriod">Price of a whole period afterwards, before tax.</param>
/// <param name="At">Hand this back when applying the change.</param>
public sealed record ChangePreview(Money Now, Money Tax, Money NextPeriod, DateTimeOffset At, IReadOnlyList<PreviewLine> Lines);

/// <summary>One line of a preview.</summary>
public sealed record PreviewLine(string Text, Money Amount);

/// <summary>An invoice in a list.</summary>
public sealed record InvoiceSummary(string Id, string Number, DateTimeOffset Created, Money Total, Money Due, InvoiceStatus Status)
{
    /// <summary>Money that went back.</summary>
    public Money Refunded { get; init; } = Money.Zero(Total.Currency);

    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Where the customer can pay an open invoice; null where there is no such page.</summary>
    public Uri? PayAt { get; init; }
}

/// <summary>State of an invoice.</summary>
public enum InvoiceStatus
{
    Draft,
    Open,
    Paid,

    /// <summary>Given up.</summary>
    Uncollectible,
    Void,
}

/// <summary>A PDF: an address of the provider, or the bytes.</summary>
public sealed record InvoiceFile(Uri? Address, ReadOnlyMemory<byte> Content, string FileName);

/// <summary>A card on file.</summary>
public sealed record PaymentMethod(string Id, string Brand, string Last4, int ExpiryMonth, int ExpiryYear, bool IsDefault);

/// <summary>A tax identifier under the provider's name of its type.</summary>
public sealed record TaxIdentifier(string Type, string Value);

/// <summary>Something at a provider that changed.</summary>
public sealed record Subject(SubjectKind Kind, string Id);

/// <summary>What a subject is.</summary>
public enum SubjectKind
{
    Checkout,
    Subscription,
    Customer,

    /// <summary>A payment in dispute, which names neither its customer nor its subscription.</summary>
    Charge,

    /// <summary>Nothing that matters here.</summary>
    None,
}

/// <summary>A delivery of news: only what it is about is believed, the state is fetched.</summary>
public sealed record ProviderNews(string Id, string Type, Subject Subject, DateTimeOffset Created, JsonObject Payload);
