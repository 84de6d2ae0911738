using Microsoft.EntityFrameworkCore;
using Postern.Billing.Orders;
using Postern.Billing.Providers;
using Postern.Billing.Subscriptions;
using Postern.Kernel;
using Postern.Pages;
using Postern.Portal.Access;
using Postern.Portal.Audit;
using Postern.Portal.Looks;
using Postern.Portal.Organizations;
using Postern.Storage;

namespace Postern.Portal.Purchase;

/// <summary>Purchase a license: the plans, on to the checkout, and back. From an installation's Licenses page its Install ID comes along.</summary>
static class PurchasePages
{
    /// <summary>What My organizations says after a checkout; customers' handbooks quote it.</summary>
    public const string Success = "Successful purchase. Your license will appear here once we've validated your payment. If it doesn't, please contact us.";

    const string Root = "/organizations/{org:guid}/purchase";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/from_instance/purchase/", ArriveAsync).Needs(Right.SignedIn);
        routes.MapGet("/from_authentik/purchase/", ArriveAsync).Needs(Right.SignedIn);
        routes.MapPost("/from_instance/forget", ForgetAsync).Needs(Right.SignedIn);
        routes.MapGet(Root, (HttpContext http, ShowPlans show) => show.PageAsync(http, form: null, errors: null)).Needs(Right.Owner);
        routes.MapPost(Root, OrderAsync).Needs(Right.Owner);
        routes.MapGet(Root + "/{order:guid}/done", DoneAsync).Needs(Right.Owner);
    }

    /// <summary>Keeps the installation in the session, then goes on to whoever may buy for it.</summary>
    static async Task<IResult> ArriveAsync(HttpContext http, FindOrganizations find, PosternDb db)
    {
        var query = http.Request.Query;
        if (!Guid.TryParseExact(query["install_id"].ToString(), "D", out var install) || install == Guid.Empty)
            return Problem.Page(http, "The address of your installation's Licenses page brought no Install ID along. Open the portal directly, and enter it when you purchase.", StatusCodes.Status400BadRequest);
        var session = http.Visitor().Session;
        var url = query["instance_url"].ToString() is { Length: > 0 } ours ? ours : query["authentik_url"].ToString();
        (session.InstallId, session.InstanceUrl) = (install, Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri.GetLeftPart(UriPartial.Authority) : "");
        await db.SaveChangesAsync(http.RequestAborted);
        var own = (await find.ExecuteAsync(http.Visitor(), http.RequestAborted)).Where(o => o.Role is Role.Owner).ToList();
        return new SeeOther(own is [var only] ? $"{OrganizationPages.Of(only.Id)}/purchase" : OrganizationPages.Path);
    }

    /// <summary>"Not this one": the installation that came along is forgotten.</summary>
    static async Task<IResult> ForgetAsync(HttpContext http, PosternDb db)
    {
        var session = http.Visitor().Session;
        (session.InstallId, session.InstanceUrl) = (null, "");
        await db.SaveChangesAsync(http.RequestAborted);
        return new SeeOther(LocalPath.IsLocal(http.Request.Form["next"]) ? http.Request.Form["next"].ToString() : OrganizationPages.Path);
    }

    static async Task<IResult> OrderAsync(HttpContext http, PlaceOrder place, StartCheckout start, ShowPlans show, Links links, RecordAudit audit)
    {
        var (seat, form) = (http.Seat(), PurchaseForm.Read(http));
        if (!form.Check().Succeeded(out var input, out var fault)
            || !(await place.ExecuteAsync(seat.OrganizationId, input, http.RequestAborted)).Succeeded(out var order, out fault))
            return fault is Fault.Invalid wrong ? await show.PageAsync(http, form, wrong.Errors) : Problem.Of(http, fault);
        var back = $"{OrganizationPages.Of(seat.OrganizationId)}/purchase";
        audit.Add(seat.OrganizationId, seat.Actor, "order.placed", $"{order.PlanCode} for {order.InstallId}");
        var opened = await start.ExecuteAsync(seat.OrganizationId, order.Id, new Uri(links.To(http, $"{back}/{order.Id}/done")), new Uri(links.To(http, back)), http.RequestAborted);
        return opened.Succeeded(out var page, out fault) ? new SeeOther(page.Address.ToString())
            : fault is Fault.Invalid invalid ? await show.PageAsync(http, form, invalid.Errors)
            : Problem.Of(http, fault);
    }

    /// <summary>Back from the checkout: what the provider knows is fetched at once, news of it may come later or twice.</summary>
    static async Task<IResult> DoneAsync(Guid order, HttpContext http, PosternDb db, RefreshSubscription refresh, Shells shells)
    {
        var found = await db.Set<Order>().AsNoTracking().FirstOrDefaultAsync(o => o.Id == order && o.OrganizationId == http.Seat().OrganizationId, http.RequestAborted);
        if (found is null)
            return Problem.Of(http, new Fault.NotFound("Order"));
        var refreshed = await refresh.ExecuteAsync(found.OrganizationId, order, http.RequestAborted);
        var session = http.Visitor().Session;
        (session.InstallId, session.InstanceUrl) = (null, "");
        // The provider may need a while, or not answer now: the order goes on without this page.
        _ = refreshed;
        await shells.TellAsync(http, Success);
        return new SeeOther(OrganizationPages.Path);
    }
}
