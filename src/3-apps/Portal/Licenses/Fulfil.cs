using Microsoft.EntityFrameworkCore;
using Postern.Billing.Fulfilment;
using Postern.Portal.Access;
using Postern.Portal.Audit;
using Postern.Portal.Mails;
using Postern.Storage;

namespace Postern.Portal.Licenses;

/// <summary>Turns what was paid for into licenses and keys, and tells people. Adds to billing's own change, which commits it.</summary>
sealed class Fulfil(PosternDb db, IssueKey issue, RecordAudit audit, Announce announce, TimeProvider clock) : IFulfilment
{
    public async Task IssueAsync(Entitlement entitlement, CancellationToken cancellation)
    {
        var license = await db.Set<License>().FirstOrDefaultAsync(l => l.Id == entitlement.OrderId, cancellation);
        if (license is null)
        {
            db.Add(license = new License
            {
                Id = entitlement.OrderId,
                OrganizationId = entitlement.OrganizationId,
                InstallId = entitlement.InstallId,
                Nickname = entitlement.Nickname,
                IssuedAt = clock.GetUtcNow(),
            });
        }
        (license.PlanCode, license.InternalUsers, license.ExternalUsers) = (entitlement.PlanCode, entitlement.InternalUsers, entitlement.ExternalUsers);
        (license.PaidThrough, license.Reminded) = (entitlement.PaidThrough, null);
        var reason = entitlement.Reason switch { EntitlementReason.Renewal => "renewal", EntitlementReason.Seats => "seats", _ => "initial" };
        var key = await issue.ExecuteAsync(license, reason, revokeBefore: false, cancellation);
        audit.Add(license.OrganizationId, Actor.Portal, "license.key_issued", $"{license.DisplayName}, revision {key.Revision}, {reason}");
        var (subject, text) = entitlement.Reason switch
        {
            EntitlementReason.Renewal => ("Your license was renewed", $"{license.DisplayName} is paid until {license.PaidThrough:yyyy-MM-dd}. Install its new key before the old one ends."),
            EntitlementReason.Seats => ("The number of users has changed", $"{license.DisplayName} now is for {license.InternalUsers} internal and {license.ExternalUsers} external users. Install its new key."),
            _ => ("Your license is ready", $"The payment of {license.DisplayName} is validated. Copy its key and install it on the Licenses page of your installation."),
        };
        await announce.AddAsync(license, subject, text, cancellation);
    }

    public async Task RevokeAsync(Guid organizationId, Guid orderId, RevokeReason reason, CancellationToken cancellation)
    {
        if (await db.Set<License>().FirstOrDefaultAsync(l => l.Id == orderId, cancellation) is not { RevokedAt: null } license)
            return;
        await RevokeAsync(license, Actor.Portal, reason is RevokeReason.Disputed ? "the payment is disputed" : "the payment was given back", cancellation);
    }

    public async Task TellAsync(BillingNotice notice, CancellationToken cancellation)
    {
        var (subject, text) = notice.Kind switch
        {
            NoticeKind.OrderReceived => ("We received your order", "Your license appears in the portal once the payment is validated."),
            NoticeKind.OrderFailed => ("An order could not be completed", "The payment of your order was not accepted. Nothing was charged for it; you can order again."),
            NoticeKind.PaymentFailed => ("A payment failed", "A renewal could not be collected. It will be tried again; please check your payment methods."),
            NoticeKind.PaymentRecovered => ("A payment has arrived", "What was owed is paid."),
            NoticeKind.Canceling => ("A license will not be renewed", "As asked for, it ends with the period that is paid for."),
            NoticeKind.Resumed => ("A license will be renewed", "The cancellation was taken back."),
            _ => ("A subscription has ended", "The license is valid until the end of what is paid for and is not renewed."),
        };
        var name = await NameAsync(notice.OrderId, cancellation);
        audit.Add(notice.OrganizationId, Actor.Portal, $"billing.{Kernel.Values.WireEnum<NoticeKind>.Name(notice.Kind)}", notice.Detail.Length > 0 ? $"{name}: {notice.Detail}" : name);
        await announce.AddAsync(
            notice.OrganizationId, $"/organizations/{notice.OrganizationId}/billing", subject, $"{name}: {(notice.Detail.Length > 0 ? $"{text} {notice.Detail}" : text)}", cancellation);
    }

    /// <summary>What people call the license of an order, also while there is none yet.</summary>
    async Task<string> NameAsync(Guid order, CancellationToken cancellation)
    {
        var license = await db.Set<License>().AsNoTracking().FirstOrDefaultAsync(l => l.Id == order, cancellation)
            ?? new License { Id = order, Nickname = await db.Set<Billing.Orders.Order>().Where(o => o.Id == order).Select(o => o.Nickname).FirstAsync(cancellation) };
        return license.DisplayName;
    }

    /// <summary>Takes a license back; its keys are not shown any more. Adds to the context.</summary>
    public async Task RevokeAsync(License license, Actor actor, string why, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        license.RevokedAt = now;
        await foreach (var key in db.Set<LicenseKey>().Where(k => k.LicenseId == license.Id && k.RevokedAt == null).AsAsyncEnumerable().WithCancellation(cancellation))
            key.RevokedAt = now;
        audit.Add(license.OrganizationId, actor, "license.revoked", $"{license.DisplayName}: {why}");
        await announce.AddAsync(license, "A license was taken back", $"{license.DisplayName} was taken back: {why}. Please open a support ticket if this is a mistake.", cancellation);
    }
}
