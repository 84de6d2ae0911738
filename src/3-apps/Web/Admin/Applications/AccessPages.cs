using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Applications;
using Postern.Applications.Access;
using Postern.Directory.Groups;
using Postern.Directory.Users;
using Postern.Pages;
using Postern.Policies.Engine;
using Postern.Storage;
using Postern.Storage.Objects;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Applications;

/// <summary>Tells an administrator whether somebody may use an application, binding by binding.</summary>
static class AccessPages
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("applications/applications/{slug}/access/", ShowAsync);

    static async Task<IResult> ShowAsync(HttpContext http, string slug, ObjectQuery objects, PosternDb db, CheckAccess check, TraceBindings trace, ExplainMembership membership, ShellFactory shells)
    {
        var found = await objects.FindAsync(ApplicationKind.Kind, http.Caller(), slug, tracked: false, http.RequestAborted);
        if (!found.Succeeded(out var application, out var missing))
            return await ConsolePages.ProblemAsync(http, missing.Message, ConsolePages.StatusOf(missing));
        var username = http.Request.Query["username"].ToString().Trim();
        var user = username.Length == 0 ? null : await UserKind.Kind.In(db).AsNoTracking().FirstOrDefaultAsync(u => u.Username == username || u.Email == username, http.RequestAborted);
        AccessReport? report = null;
        if (user is not null)
        {
            var checked_ = await check.ExecuteAsync(http.Caller(), slug, user.Pk, HttpFacts.Of(http, http.Caller().ClientIp), http.RequestAborted);
            // Who may not ask about others is answered about themselves, which is no answer here.
            report = checked_.Fault is null && checked_.Value.User.Pk == user.Pk ? checked_.Value : null;
        }
        return new PageResult<AccessPage>(new
        {
            Page = await shells.ForAsync(http, withMenu: true),
            Application = (Postern.Applications.Application)application,
            Username = username,
            Report = report,
            Lines = report is { ShowsWhy: true } ? await trace.OfAsync(report.Result, http.RequestAborted) : [],
            Ways = report is { ShowsWhy: true } ? await membership.OfAsync(report.User.Pk, http.RequestAborted) : new Dictionary<Guid, IReadOnlyList<GroupName>>(),
        });
    }
}
