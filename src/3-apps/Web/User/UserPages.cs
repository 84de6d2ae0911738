using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Brands;
using Postern.Directory.Passwords;
using Postern.Directory.Users;
using Postern.Flows;
using Postern.Storage;
using Postern.Storage.Snapshots;
using Postern.Web.Admin;
using Postern.Web.Shared;

namespace Postern.Web.User;

/// <summary>The start page and the page of one's own account.</summary>
static class UserPages
{
    const string Denied = "Interface can only be accessed by internal users.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", RootAsync);
        routes.MapGet("/if/user/", ShowAsync);
    }

    /// <summary>Leads to where the visitor belongs; before the initial setup, to the setup.</summary>
    static async Task<IResult> RootAsync(HttpContext http, PosternDb db)
    {
        if (http.Caller().IsAuthenticated)
            return Results.Redirect("/if/user/");
        var waiting = await db.Set<Directory.Users.User>().AnyAsync(u => u.Username == "akadmin" && EF.Functions.Like(u.Password, "!%"), http.RequestAborted);
        return Results.Redirect(waiting ? "/if/flow/initial-setup/?next=%2Fif%2Fadmin%2F" : "/flows/-/default/authentication/?next=%2F");
    }

    static async Task<IResult> ShowAsync(HttpContext http, PosternDb db, Snapshot<BrandPicture> brands, Snapshot<FlowPicture> flows, ShellFactory shells)
    {
        if (http.Caller().UserPk is not { } pk)
            return Results.Redirect("/flows/-/default/authentication/?next=%2Fif%2Fuser%2F");
        var user = await db.Set<Directory.Users.User>().AsNoTracking().SingleAsync(u => u.Pk == pk, http.RequestAborted);
        if (user.Type is not UserType.Internal)
            return await ConsolePages.ProblemAsync(http, Denied, StatusCodes.Status403Forbidden);
        var picture = await flows.GetAsync(http.RequestAborted);
        var brand = (await brands.GetAsync(http.RequestAborted)).For(http.Request.Host.Host);
        return new PageResult<UserPage>(new
        {
            Page = await shells.ForAsync(http, withMenu: false),
            User = user,
            SettingsUrl = brand.FlowUserSettings is { } settings && picture.Find(settings) is { } flow ? $"/if/flow/{flow.Slug}/?next=%2Fif%2Fuser%2F" : null,
            PasswordUrl = picture.Find("default-password-change") is { } change && PasswordHash.IsUsable(user.Password) ? $"/if/flow/{change.Slug}/?next=%2Fif%2Fuser%2F" : null,
        });
    }
}
