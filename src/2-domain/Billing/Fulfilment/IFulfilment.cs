namespace Postern.Billing.Fulfilment;

/// <summary>
/// What billing asks of the portal. Every method runs inside the database transaction that records its cause, in the same <c>PosternDb</c> scope: add rows, mails and
/// jobs to it, save if you like, never commit. It happens exactly once for each revision or notice, however often and in whatever order the provider tells of it.
/// A throw rolls the cause back as well and the job runs again, so do nothing here that a rollback cannot undo.
/// </summary>
public interface IFulfilment
{
    /// <summary>Issue the licence key of this revision. Revision 1 makes the licence (id: <see cref="Entitlement.OrderId"/>); a later one supersedes the key before it.</summary>
    Task IssueAsync(Entitlement entitlement, CancellationToken cancellation);

    /// <summary>The money went back (refund, dispute): mark the licence revoked. Nothing is issued for this order any more.</summary>
    Task RevokeAsync(Guid organizationId, Guid orderId, RevokeReason reason, CancellationToken cancellation);

    /// <summary>Something that people should be told by mail or in the portal.</summary>
    Task TellAsync(BillingNotice notice, CancellationToken cancellation);
}

/// <summary>Why a licence is taken back.</summary>
public enum RevokeReason
{
    Refunded,
    Disputed,
}

/// <summary>News of one order for the organisation's notification address and owners.</summary>
/// <param name="Detail">What the provider says in words for people, e.g. why a card was refused; may be empty.</param>
public sealed record BillingNotice(Guid OrganizationId, Guid OrderId, NoticeKind Kind, string Detail = "");

/// <summary>What has happened.</summary>
public enum NoticeKind
{
    /// <summary>The customer has finished the checkout; the payment is being validated.</summary>
    OrderReceived,

    /// <summary>The order could not be paid, or its payment does not match it.</summary>
    OrderFailed,

    /// <summary>A renewal could not be collected and is tried again; told when it fails and again after 3, 7 and 14 days.</summary>
    PaymentFailed,

    /// <summary>Owed money was paid after all.</summary>
    PaymentRecovered,

    /// <summary>It will not be renewed.</summary>
    Canceling,

    /// <summary>It will be renewed after all.</summary>
    Resumed,

    /// <summary>It is over: the last period ended, or the provider gave up collecting.</summary>
    Ended,
}
