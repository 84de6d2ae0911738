using Postern.Billing.Accounts;
using Postern.Billing.Payments;
using Postern.Billing.Providers;
using Postern.Kernel;
using Postern.Pages;
using Postern.Portal.Access;
using Postern.Portal.Audit;
using Postern.Portal.Looks;

namespace Postern.Portal.Payments;

/// <summary>Manage Billing: account information, payment methods, invoices of an organization.</summary>
static class BillingPages
{
    const string Root = "/organizations/{org:guid}/billing";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, (HttpContext http, ShowBilling show) => show.PageAsync(http, form: null, errors: null)).Needs(Right.Owner);
        routes.MapPost(Root, SaveAsync).Needs(Right.Owner);
        routes.MapPost($"{Root}/methods", (HttpContext http, PaymentMethods methods, Links links) => LeaveAsync(http, links, methods.StartAddAsync)).Needs(Right.Owner);
        routes.MapPost($"{Root}/portal", (HttpContext http, PaymentMethods methods, Links links) => LeaveAsync(http, links, methods.StartPortalAsync)).Needs(Right.Owner);
        routes.MapPost(Root + "/methods/{method}/default", (string method, HttpContext http, PaymentMethods methods, Shells shells, RecordAudit audit) =>
            DoneAsync(http, shells, audit, "billing.card_chosen", methods.SetDefaultAsync(http.Seat().OrganizationId, method, http.RequestAborted), "Renewals are charged to this card from now on.")).Needs(Right.Owner);
        routes.MapPost(Root + "/methods/{method}/remove", (string method, HttpContext http, PaymentMethods methods, Shells shells, RecordAudit audit) =>
            DoneAsync(http, shells, audit, "billing.card_removed", methods.RemoveAsync(http.Seat().OrganizationId, method, http.RequestAborted), "The card was removed.")).Needs(Right.Owner);
        routes.MapGet(Root + "/invoices/{provider}/{invoice}", InvoiceAsync).Needs(Right.Owner);
    }

    static async Task<IResult> SaveAsync(HttpContext http, SaveBillingAccount save, ShowBilling show, Shells shells, RecordAudit audit)
    {
        var input = ShowBilling.Read(http.Request.Form);
        var seat = http.Seat();
        if ((await save.ExecuteAsync(seat.OrganizationId, input, http.RequestAborted)).Fault is { } fault)
            return fault is Fault.Invalid invalid ? await show.PageAsync(http, input, invalid.Errors) : Problem.Of(http, fault);
        audit.Add(seat.OrganizationId, seat.Actor, "billing.account_changed", input.Name);
        await shells.TellAsync(http, "The account information was saved.");
        return new SeeOther($"/organizations/{seat.OrganizationId}/billing");
    }

    /// <summary>On to a page of the provider, which leads back here.</summary>
    static async Task<IResult> LeaveAsync(HttpContext http, Links links, Func<Guid, Uri, CancellationToken, Task<Result<HostedPage>>> open)
    {
        var organization = http.Seat().OrganizationId;
        var opened = await open(organization, new Uri(links.To(http, $"/organizations/{organization}/billing")), http.RequestAborted);
        return opened.Succeeded(out var page, out var fault) ? new SeeOther(page.Address.ToString()) : Problem.Of(http, fault);
    }

    static async Task<IResult> DoneAsync(HttpContext http, Shells shells, RecordAudit audit, string action, Task<Result<Unit>> work, string message)
    {
        var fault = (await work).Fault;
        if (fault is not (null or Fault.Invalid))
            return Problem.Of(http, fault);
        if (fault is null)
            audit.Add(http.Seat().OrganizationId, http.Actor(), action, "");
        await shells.TellAsync(http, fault is Fault.Invalid invalid ? string.Join(' ', invalid.Errors.Fields.SelectMany(f => invalid.Errors[f])) : message, fault is null ? "success" : "danger");
        return new SeeOther($"/organizations/{http.Seat().OrganizationId}/billing");
    }

    static async Task<IResult> InvoiceAsync(string provider, string invoice, HttpContext http, ListInvoices invoices)
    {
        if (!(await invoices.PdfAsync(http.Seat().OrganizationId, provider, invoice, http.RequestAborted)).Succeeded(out var file, out var fault))
            return Problem.Of(http, fault);
        http.Response.Headers.CacheControl = "no-store";
        return file.Address is { } address ? Results.Redirect(address.ToString()) : Results.File(file.Content.ToArray(), "application/pdf", file.FileName);
    }
}
