using Microsoft.EntityFrameworkCore;
using Postern.Billing.Accounts;
using Postern.Billing.Payments;
using Postern.Billing.Providers;
using Postern.Billing.Subscriptions;
using Postern.Kernel;
using Postern.Portal.Access;
using Postern.Portal.Licenses;
using Postern.Portal.Looks;
using Postern.Storage;

namespace Postern.Portal.Payments;

/// <summary>Gathers what the billing page shows. A provider that does not answer leaves its part empty, with the reason.</summary>
sealed class ShowBilling(ReadBillingAccount accounts, PaymentMethods methods, ListInvoices invoices, BillingProviders providers, PosternDb db, Shells shells)
{
    public async Task<IResult> PageAsync(HttpContext http, BillingAccountInput? form, FieldErrors? errors)
    {
        var organization = http.Seat().Organization;
        var account = await accounts.ExecuteAsync(organization.Id, http.RequestAborted);
        var cards = await methods.ListAsync(organization.Id, http.RequestAborted);
        var list = await invoices.ExecuteAsync(organization.Id, http.RequestAborted);
        return PortalPage.Of<BillingPage>(
            http,
            new
            {
                Shell = await shells.ForAsync(http),
                Organization = organization,
                Form = form ?? Of(account, organization.NotificationEmail),
                account.TaxIdStatus,
                TakesCards = providers.All.Any(p => p.HasCards),
                HasPortal = providers.All.Any(p => p.HasPortal),
                Cards = cards.Fault is null ? cards.Value : [],
                Invoices = list.Fault is null ? list.Value : [],
                Running = await RunningAsync(organization.Id, http.RequestAborted),
                Trouble = (cards.Fault ?? list.Fault)?.Message,
                Errors = errors,
            },
            errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>Subscriptions that are not over, the next to be renewed first.</summary>
    async Task<IReadOnlyList<RunningSubscription>> RunningAsync(Guid organization, CancellationToken cancellation) =>
        await db.Set<Subscription>().AsNoTracking()
            .Where(s => s.OrganizationId == organization && !s.Revoked && (s.Status == SubscriptionStatus.Active || s.Status == SubscriptionStatus.PastDue))
            .OrderBy(s => s.PeriodEnd)
            .Join(db.Set<License>(), s => s.OrderId, l => l.Id, (s, l) => new RunningSubscription(l, s)).ToListAsync(cancellation);

    public static BillingAccountInput Read(IFormCollection form)
    {
        string Field(string name) => form[name].ToString();
        return new(
            Field("name"), Field("email"), Field("phone"), Field("line1"), Field("line2"), Field("postal_code"), Field("city"), Field("state"), Field("country"), Field("tax_id"), Field("purchase_order"));
    }

    static BillingAccountInput Of(BillingAccount a, string email) =>
        new(a.Name, a.Email.Length > 0 ? a.Email : email, a.Phone, a.Line1, a.Line2, a.PostalCode, a.City, a.State, a.Country, a.TaxId, a.PurchaseOrder);
}

/// <summary>What an organization pays for again and again.</summary>
public sealed record RunningSubscription(License License, Subscription Subscription)
{
    /// <summary>Since when the renewal could not be paid; null where nothing is owed.</summary>
    public DateTimeOffset? OwingSince => Subscription.Status is SubscriptionStatus.PastDue ? Subscription.FailingSince : null;
}
