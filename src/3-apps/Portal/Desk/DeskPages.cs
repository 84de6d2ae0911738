using Microsoft.EntityFrameworkCore;
using Postern.Billing.Manual;
using Postern.Billing.Subscriptions;
using Postern.Kernel;
using Postern.Pages;
using Postern.Portal.Access;
using Postern.Portal.Licenses;
using Postern.Portal.Looks;
using Postern.Portal.Organizations;
using Postern.Portal.Signing;
using Postern.Portal.Support;
using Postern.Portal.Usage;
using Postern.Storage;

namespace Postern.Portal.Desk;

/// <summary>The vendor's support desk: organizations, tickets, payments that have come in, licenses to take back or issue anew.</summary>
static class DeskPages
{
    public const string Root = "/admin";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, ShowAsync).Needs(Right.Support);
        routes.MapGet(Root + "/license-root.pem", RootAsync).Needs(Right.Support);
        DeskTickets.Map(routes);
        routes.MapPost(Root + "/payments/{invoice:guid}", (Guid invoice, HttpContext http, DeskPayments payments, Shells shells) =>
            DoneAsync(http, shells, payments.RecordPaymentAsync(http.Actor(), invoice, http.RequestAborted), "The payment was recorded. The license follows at once.", Root)).Needs(Right.Support);
        routes.MapGet(Root + "/organizations/{id:guid}", OrganizationAsync).Needs(Right.Support);
        routes.MapGet(Root + "/organizations/{id:guid}/delete", (Guid id, HttpContext http, Shells shells) => AskAsync(
            http, shells, id, "Delete this organization?", "Delete", "Nobody sees it any more: members, licenses and tokens are gone for them.", "Invitations that wait are revoked.", "Invoices are kept for as long as the law demands.")).Needs(Right.Support);
        routes.MapPost(Root + "/organizations/{id:guid}/delete", (Guid id, HttpContext http, DeskActions actions, Shells shells) =>
            DoneAsync(http, shells, actions.DeleteAsync(http.Actor(), id, http.RequestAborted), "The organization was deleted.", Root)).Needs(Right.Support);
        routes.MapPost(Root + "/organizations/{id:guid}/licenses/{license:guid}/revoke", (Guid id, Guid license, HttpContext http, DeskActions actions, Shells shells) =>
            DoneAsync(http, shells, actions.RevokeAsync(http.Actor(), id, license, http.Request.Form["reason"].ToString().Trim(), http.RequestAborted), "The license was taken back.", $"{Root}/organizations/{id}")).Needs(Right.Support);
        routes.MapGet(Root + "/organizations/{id:guid}/licenses/{license:guid}/reissue", (Guid id, HttpContext http, Shells shells) =>
            AskAsync(http, shells, id, "Issue a new key?", "Issue a new key", LicensePages.Reissued)).Needs(Right.Support);
        routes.MapPost(Root + "/organizations/{id:guid}/licenses/{license:guid}/reissue", (Guid id, Guid license, HttpContext http, ManageLicense manage, Shells shells) =>
            DoneAsync(http, shells, manage.ReissueAsync(id, http.Actor(), license, http.RequestAborted), "A new key was issued, and the one before it revoked.", $"{Root}/organizations/{id}")).Needs(Right.Support);
        routes.MapGet(Root + "/organizations/{id:guid}/invoices/{provider}/{invoice}/refund", (Guid id, HttpContext http, Shells shells) => AskAsync(
            http, shells, id, "Give the money back?", "Give back", "All that was paid of this invoice goes back the way it came.", "Where it paid for the present period, the license ends with it: its key is not shown any more, and it is not renewed.")).Needs(Right.Support);
        routes.MapPost(Root + "/organizations/{id:guid}/invoices/{provider}/{invoice}/refund", (Guid id, string provider, string invoice, HttpContext http, DeskPayments payments, Shells shells) =>
            DoneAsync(http, shells, payments.RefundAsync(http.Actor(), id, provider, invoice, http.RequestAborted), "The money is given back.", $"{Root}/organizations/{id}")).Needs(Right.Support);
        CatalogPages.Map(routes);
    }

    static async Task<IResult> ShowAsync(HttpContext http, PosternDb db, FindCustomers find, ListAwaitedPayments awaited, Shells shells)
    {
        var search = http.Request.Query["search"].ToString().Trim();
        var tickets = await db.Set<Ticket>().AsNoTracking().Where(t => t.Status != TicketStatus.Closed).OrderBy(t => t.Status).ThenBy(t => t.UpdatedAt).Take(20).ToListAsync(http.RequestAborted);
        var payments = await awaited.ExecuteAsync(http.RequestAborted);
        var ids = tickets.Select(t => t.OrganizationId).Concat(payments.Select(p => p.OrganizationId)).ToHashSet();
        return PortalPage.Of<DeskPage>(http, new
        {
            Shell = await shells.ForAsync(http),
            Search = search,
            Organizations = await find.ExecuteAsync(search, http.RequestAborted),
            Tickets = tickets,
            Payments = payments,
            Failing = await find.FailingAsync(http.RequestAborted),
            SellerIsUnknown = await db.Set<Billing.Taxes.Seller>().AnyAsync(s => s.Address == "" || s.BankDetails == "", http.RequestAborted),
            Signing = SigningRoot.Of(await db.Set<KeyAuthority>().AsNoTracking().OrderByDescending(a => a.CreatedAt).FirstAsync(http.RequestAborted)),
            Names = await db.Set<Organization>().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, http.RequestAborted),
        });
    }

    /// <summary>The certificate that products are built with; the private key never leaves its seal.</summary>
    static async Task<IResult> RootAsync(HttpContext http, PosternDb db) => Results.File(
        System.Text.Encoding.ASCII.GetBytes((await db.Set<KeyAuthority>().OrderByDescending(a => a.CreatedAt).Select(a => a.RootPem).FirstAsync(http.RequestAborted)) + "\n"),
        "application/x-pem-file", "license-root.pem");

    static async Task<IResult> OrganizationAsync(Guid id, HttpContext http, PosternDb db, Billing.Payments.ListInvoices invoices, ReadReports reports, Shells shells, TimeProvider clock)
    {
        if (await db.Set<Organization>().AsNoTracking().FirstOrDefaultAsync(o => o.Id == id && o.DeletedAt == null, http.RequestAborted) is not { } organization)
            return Problem.Of(http, new Fault.NotFound("Organization"));
        var list = await invoices.ExecuteAsync(id, http.RequestAborted);
        return PortalPage.Of<DeskOrganizationPage>(http, new
        {
            Shell = await shells.ForAsync(http),
            Organization = organization,
            Licenses = await db.Set<License>().AsNoTracking().Where(l => l.OrganizationId == id).OrderBy(l => l.IssuedAt).ToListAsync(http.RequestAborted),
            Subscriptions = await db.Set<Subscription>().AsNoTracking().Where(s => s.OrganizationId == id).ToDictionaryAsync(s => s.OrderId, http.RequestAborted),
            Tickets = await db.Set<Ticket>().AsNoTracking().Where(t => t.OrganizationId == id).OrderByDescending(t => t.UpdatedAt).Take(20).ToListAsync(http.RequestAborted),
            Usage = await reports.NewestAsync(id, http.RequestAborted),
            Invoices = list.Fault is null ? list.Value : [],
            Now = clock.GetUtcNow(),
        });
    }

    static async Task<IResult> AskAsync(HttpContext http, Shells shells, Guid organization, string title, string verb, params string[] consequences) => PortalPage.Of<ConfirmPage>(
        http, new { Shell = await shells.ForAsync(http), Title = title, Verb = verb, Back = $"{Root}/organizations/{organization}", Consequences = consequences });

    internal static async Task<IResult> DoneAsync<T>(HttpContext http, Shells shells, Task<Result<T>> work, string message, string next)
    {
        var fault = (await work).Fault;
        if (fault is not (null or Fault.Invalid))
            return Problem.Of(http, fault);
        await shells.TellAsync(http, fault is Fault.Invalid invalid ? string.Join(' ', invalid.Errors.Fields.SelectMany(f => invalid.Errors[f])) : message, fault is null ? "success" : "danger");
        return new SeeOther(next);
    }
}
