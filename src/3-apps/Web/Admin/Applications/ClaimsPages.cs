using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.OAuth2.Clients;
using Postern.OAuth2.Providers;
using Postern.Pages;
using Postern.Storage;
using Postern.Storage.Objects;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Applications;

/// <summary>Shows an administrator what an application would learn of somebody.</summary>
static class ClaimsPages
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("applications/providers/{id}/claims/", ShowAsync);

    static async Task<IResult> ShowAsync(HttpContext http, string id, ObjectQuery objects, PosternDb db, PreviewClaims preview, ShellFactory shells)
    {
        var found = await objects.FindAsync(OAuth2ProviderKind.Kind, http.Caller(), id, tracked: false, http.RequestAborted);
        if (!found.Succeeded(out var provider, out var missing))
            return await ConsolePages.ProblemAsync(http, missing.Message, ConsolePages.StatusOf(missing));
        var username = http.Request.Query["username"].ToString().Trim();
        var user = username.Length == 0 ? null : await UserKind.Kind.In(db).AsNoTracking().FirstOrDefaultAsync(u => u.Username == username || u.Email == username, http.RequestAborted);
        JsonObject? claims = null;
        // Who may not look at others is told the same as of somebody who is not there.
        if (user is not null && (await preview.ExecuteAsync(http, id, $"{user.Pk}", http.RequestAborted)).Succeeded(out var told, out _))
            claims = told;
        return new PageResult<ClaimsPage>(new
        {
            Page = await shells.ForAsync(http, withMenu: true),
            Provider = (OAuth2Provider)provider,
            Username = username,
            Person = user,
            Claims = claims,
        });
    }
}
