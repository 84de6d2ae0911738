using System.Globalization;
using System.Text;
using Postern.Portal.Access;
using Postern.Portal.Looks;

namespace Postern.Portal.Audit;

/// <summary>An organization's audit trail, to look at and to keep.</summary>
static class AuditPages
{
    const int PageSize = 50;
    const string Root = "/organizations/{org:guid}/audit";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, ShowAsync).Needs(Right.Owner);
        routes.MapGet($"{Root}.csv", FileAsync).Needs(Right.Owner);
    }

    static async Task<IResult> ShowAsync(HttpContext http, ReadAudit read, Shells shells)
    {
        var seat = http.Seat();
        var before = long.TryParse(http.Request.Query["before"], CultureInfo.InvariantCulture, out var id) ? id : long.MaxValue;
        var entries = await read.PageAsync(seat.OrganizationId, before, PageSize + 1, http.RequestAborted);
        return PortalPage.Of<AuditPage>(http, new
        {
            Shell = await shells.ForAsync(http),
            seat.Organization,
            Entries = entries.Take(PageSize).ToList(),
            HasMore = entries.Count > PageSize,
            BrokenAt = await read.BrokenAtAsync(seat.OrganizationId, http.RequestAborted),
        });
    }

    static async Task<IResult> FileAsync(HttpContext http, ReadAudit read)
    {
        var text = new StringBuilder("id,at,subject,name,address,action,detail,hash\n");
        await foreach (var e in read.All(http.Seat().OrganizationId).WithCancellation(http.RequestAborted))
        {
            text.AppendJoin(',', e.Id, e.At.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), Cell(e.Subject), Cell(e.ActorName), Cell(e.Address), e.Action, Cell(e.Detail), Convert.ToHexStringLower(e.Hash));
            text.Append('\n');
        }
        http.Response.Headers.CacheControl = "no-store";
        return Results.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", $"audit-{http.Seat().OrganizationId:N}.csv");
    }

    // RFC 4180 section 2; what a spreadsheet would run as a formula begins with an apostrophe.
    static string Cell(string text) => $"\"{(text is ['=' or '+' or '-' or '@', ..] ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
