using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Pages;
using Postern.Pages.Blocks;
using Postern.Portal.Access;
using Postern.Portal.Looks;
using Postern.Portal.Organizations;
using Postern.Portal.Support;
using Postern.Storage;

namespace Postern.Portal.Desk;

/// <summary>Tickets of all organizations: listed by whose turn it is, read and answered.</summary>
static class DeskTickets
{
    const int MostShown = 200;

    /// <summary>What the tabs of the list show.</summary>
    static readonly (string Key, string Name, TicketStatus[] Shown)[] Tabs =
    [
        ("open", "Open", [TicketStatus.Open]),
        ("answered", "Answered", [TicketStatus.Answered]),
        ("closed", "Closed", [TicketStatus.Closed]),
        ("all", "All", Enum.GetValues<TicketStatus>()),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        const string root = $"{DeskPages.Root}/tickets";
        routes.MapGet(root, ListAsync).Needs(Right.Support);
        routes.MapGet(root + "/{ticket:long}", (long ticket, HttpContext http, PosternDb db, WriteTicket write, Shells shells) => ShowAsync(ticket, http, db, write, shells, errors: null)).Needs(Right.Support);
        routes.MapPost(root + "/{ticket:long}", ReplyAsync).Needs(Right.Support);
    }

    static async Task<IResult> ListAsync(HttpContext http, PosternDb db, Shells shells)
    {
        var current = Tabs.FirstOrDefault(t => t.Key == http.Request.Query["state"], Tabs[0]);
        var counts = await db.Set<Ticket>().GroupBy(t => t.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, http.RequestAborted);
        var tickets = await db.Set<Ticket>().AsNoTracking().Where(t => current.Shown.Contains(t.Status)).OrderByDescending(t => t.UpdatedAt).Take(MostShown).ToListAsync(http.RequestAborted);
        var ids = tickets.Select(t => t.OrganizationId).ToHashSet();
        return PortalPage.Of<DeskTicketsPage>(http, new
        {
            Shell = await shells.ForAsync(http),
            Tabs = Tabs.Select(t => new TabItem(t.Name, $"{DeskPages.Root}/tickets?state={t.Key}", t.Key == current.Key, t.Shown.Sum(s => counts.GetValueOrDefault(s)))).ToList(),
            Tickets = tickets,
            Names = await db.Set<Organization>().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, http.RequestAborted),
        });
    }

    static async Task<IResult> ShowAsync(long ticket, HttpContext http, PosternDb db, WriteTicket write, Shells shells, FieldErrors? errors)
    {
        var found = await db.Set<Ticket>().AsNoTracking().FirstOrDefaultAsync(t => t.Id == ticket, http.RequestAborted);
        if (found is null)
            return Problem.Of(http, new Fault.NotFound("Ticket"));
        var name = await db.Set<Organization>().Where(o => o.Id == found.OrganizationId).Select(o => o.Name).FirstAsync(http.RequestAborted);
        return PortalPage.Of<TicketPage>(
            http,
            new { Shell = await shells.ForAsync(http), Ticket = found, OrganizationName = name, Messages = await write.MessagesAsync(ticket, http.RequestAborted), ForStaff = true, MayWrite = true, Errors = errors },
            errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    static async Task<IResult> ReplyAsync(long ticket, HttpContext http, PosternDb db, WriteTicket write, Shells shells)
    {
        var written = await write.ReplyAsync(http.Actor(), ticket, http.Request.Form["text"].ToString(), http.Request.Form["close"] == "true", http.RequestAborted);
        return written.Fault is null ? new SeeOther($"{DeskPages.Root}/tickets/{ticket}")
            : written.Fault is Fault.Invalid invalid ? await ShowAsync(ticket, http, db, write, shells, invalid.Errors)
            : Problem.Of(http, written.Fault);
    }
}
