using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Pages;
using Postern.Portal.Access;
using Postern.Portal.Looks;
using Postern.Portal.Organizations;
using Postern.Storage;

namespace Postern.Portal.Support;

/// <summary>The Support center of customers: their tickets.</summary>
static class SupportPages
{
    const string Root = "/organizations/{org:guid}/tickets/{ticket:long}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/l/support", () => new SeeOther("/support")).Needs(Right.Public);
        routes.MapGet("/support", ListAsync).Needs(Right.SignedIn);
        routes.MapGet("/support/new", (HttpContext http, FindOrganizations find, Shells shells) => NewAsync(http, find, shells, errors: null)).Needs(Right.SignedIn);
        routes.MapPost("/support/new", OpenAsync).Needs(Right.SignedIn);
        routes.MapGet(Root, (long ticket, HttpContext http, WriteTicket write, Shells shells) => ShowAsync(ticket, http, write, shells, errors: null)).Needs(Right.Member);
        routes.MapPost(Root, AnswerAsync).Needs(Right.Member);
    }

    static async Task<IResult> ListAsync(HttpContext http, PosternDb db, FindOrganizations find, Shells shells)
    {
        var own = await find.ExecuteAsync(http.Visitor(), http.RequestAborted);
        var ids = own.Select(o => o.Id).ToList();
        var names = own.ToDictionary(o => o.Id, o => o.Name);
        var tickets = await db.Set<Ticket>().AsNoTracking().Where(t => ids.Contains(t.OrganizationId)).OrderByDescending(t => t.UpdatedAt).Take(200).ToListAsync(http.RequestAborted);
        return PortalPage.Of<TicketsPage>(http, new { Shell = await shells.ForAsync(http), Tickets = tickets, Names = names });
    }

    static async Task<IResult> NewAsync(HttpContext http, FindOrganizations find, Shells shells, FieldErrors? errors)
    {
        string Given(string field) => errors is null ? http.Request.Query[field].ToString() : http.Request.Form[field].ToString();
        var own = await find.ExecuteAsync(http.Visitor(), http.RequestAborted);
        if (own.Count == 0)
            return new SeeOther("/organizations/new");
        return PortalPage.Of<NewTicketPage>(
            http,
            new { Shell = await shells.ForAsync(http), Organizations = own, Chosen = Given("organization"), Topic = Given("topic"), Subject = Given("subject"), Text = Given("text"), Errors = errors },
            errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    static async Task<IResult> OpenAsync(HttpContext http, FindSeat seats, WriteTicket write, FindOrganizations find, Shells shells)
    {
        var form = http.Request.Form;
        if (!Guid.TryParse(form["organization"], out var organization)
            || !(await seats.ExecuteAsync(http.Visitor(), http.Actor(), organization, Right.Member, changes: true, http.RequestAborted)).Succeeded(out var seat, out _))
            return await NewAsync(http, find, shells, FieldErrors.Of("organization", "Choose one of your organizations."));
        if (!(await write.OpenAsync(seat, form["topic"].ToString(), form["subject"].ToString().Trim(), form["text"].ToString(), http.RequestAborted)).Succeeded(out var ticket, out var fault))
            return fault is Fault.Invalid invalid ? await NewAsync(http, find, shells, invalid.Errors) : Problem.Of(http, fault);
        await shells.TellAsync(http, $"Ticket #{ticket.Id} was opened. We answer by mail and here.");
        return new SeeOther($"/organizations/{ticket.OrganizationId}/tickets/{ticket.Id}");
    }

    static async Task<IResult> ShowAsync(long ticket, HttpContext http, WriteTicket write, Shells shells, FieldErrors? errors)
    {
        var seat = http.Seat();
        if (await write.FindAsync(seat.OrganizationId, ticket, http.RequestAborted) is not { } found)
            return Problem.Of(http, new Fault.NotFound("Ticket"));
        return PortalPage.Of<TicketPage>(
            http,
            new { Shell = await shells.ForAsync(http) with { Belongs = "/support" }, Ticket = found, OrganizationName = seat.Organization.Name, Messages = await write.MessagesAsync(ticket, http.RequestAborted), ForStaff = false, MayWrite = seat.Role is not null, Errors = errors },
            errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    static async Task<IResult> AnswerAsync(long ticket, HttpContext http, WriteTicket write, Shells shells)
    {
        var written = await write.AnswerAsync(http.Seat(), ticket, http.Request.Form["text"].ToString(), http.RequestAborted);
        return written.Fault is null ? new SeeOther($"/organizations/{http.Seat().OrganizationId}/tickets/{ticket}")
            : written.Fault is Fault.Invalid invalid ? await ShowAsync(ticket, http, write, shells, invalid.Errors)
            : Problem.Of(http, written.Fault);
    }
}
