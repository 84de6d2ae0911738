using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Applications;
using Postern.Applications.Access;
using Postern.Brands;
using Postern.Directory.Passwords;
using Postern.Directory.Users;
using Postern.Flows;
using Postern.Kernel;
using Postern.Pages;
using Postern.Pages.Menu;
using Postern.Policies.Engine;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Snapshots;
using Postern.Web.Admin;
using Postern.Web.Shared;

namespace Postern.Web.User;

/// <summary>My applications, the ways into them, and the page of one's own account.</summary>
static class UserPages
{
    public const string SettingsPath = "/if/user/settings/";
    const string Denied = "Interface can only be accessed by internal users.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", RootAsync);
        routes.MapGet("/if/user/", ShowAsync);
        routes.MapGet(SettingsPath, SettingsAsync);
        routes.MapGet("/application/launch/{slug}/", LaunchAsync);
    }

    /// <summary>Leads to where the visitor belongs; before the initial setup, to the setup.</summary>
    static async Task<IResult> RootAsync(HttpContext http, PosternDb db)
    {
        if (http.Caller().IsAuthenticated)
            return Results.Redirect("/if/user/");
        var waiting = await db.ScalarAsync<bool>("SELECT NOT EXISTS (SELECT FROM setup_mark)", http.RequestAborted);
        return Results.Redirect(waiting ? "/if/flow/initial-setup/?next=%2Fif%2Fadmin%2F" : "/flows/-/default/authentication/?next=%2F");
    }

    /// <summary>My applications; people who may not come here go to the brand's application.</summary>
    static async Task<IResult> ShowAsync(
        HttpContext http, PosternDb db, Snapshot<BrandPicture> brands, Snapshot<ApplicationPicture> applications, FindMyApplications find, ShellFactory shells)
    {
        if (await SignedInAsync(http, db) is not { } user)
            return SignIn(http);
        if (user.Type is not UserType.Internal)
        {
            var brand = (await brands.GetAsync(http.RequestAborted)).For(http.Request.Host.Host);
            return brand.DefaultApplication is { } pk && (await applications.GetAsync(http.RequestAborted)).Find(pk) is { } home
                ? Results.Redirect($"/application/launch/{home.Slug}/")
                : await ConsolePages.ProblemAsync(http, Denied, StatusCodes.Status403Forbidden);
        }
        var search = http.Request.Query["search"].ToString().Trim();
        var context = new LoadContext(db, http.Caller(), http.RequestServices, http.RequestAborted);
        return new PageResult<ApplicationsPage>(new
        {
            Page = await ShellAsync(http, shells),
            Applications = await find.ExecuteAsync(context, search, HttpFacts.Of(http, http.Caller().ClientIp)),
            Search = search,
        });
    }

    /// <summary>Opens an application: on to it, to sign-in, or the reason why not.</summary>
    static async Task<IResult> LaunchAsync(HttpContext http, string slug, PosternDb db, LaunchApplication launch)
    {
        var context = new LoadContext(db, http.Caller(), http.RequestServices, http.RequestAborted);
        var launched = await launch.ExecuteAsync(context, slug, HttpFacts.Of(http, http.Caller().ClientIp));
        http.Response.Headers.CacheControl = "no-store";
        return launched.Succeeded(out var url, out var fault) ? Results.Redirect(url)
            : fault is Fault.Unauthenticated ? SignIn(http)
            : await ConsolePages.ProblemAsync(http, fault is Fault.NotFound ? "There is no such application, or it has no address to open." : fault.Message, ConsolePages.StatusOf(fault));
    }

    /// <summary>One's own account; for external people too.</summary>
    static async Task<IResult> SettingsAsync(HttpContext http, PosternDb db, Snapshot<BrandPicture> brands, Snapshot<FlowPicture> flows, ShellFactory shells)
    {
        if (await SignedInAsync(http, db) is not { } user)
            return SignIn(http);
        var picture = await flows.GetAsync(http.RequestAborted);
        var brand = (await brands.GetAsync(http.RequestAborted)).For(http.Request.Host.Host);
        return new PageResult<UserPage>(new
        {
            Page = await ShellAsync(http, shells),
            User = user,
            SettingsUrl = brand.FlowUserSettings is { } settings && picture.Find(settings) is { } flow ? FlowUrl(flow) : null,
            PasswordUrl = picture.Find("default-password-change") is { } change && PasswordHash.IsUsable(user.Password) ? FlowUrl(change) : null,
            DeleteUrl = brand.FlowUnenrollment is { } unenrollment && picture.Find(unenrollment) is { } leave ? $"/if/flow/{leave.Slug}/" : null,
        });
    }

    static async ValueTask<PageShell> ShellAsync(HttpContext http, ShellFactory shells) => await shells.ForAsync(http, withMenu: false) with
    {
        Menu = [new MenuGroup(null, [new MenuItem("Applications", "/if/user/", "apps") { Alone = true }, new MenuItem("Settings", SettingsPath, "settings")])],
    };

    static async ValueTask<Directory.Users.User?> SignedInAsync(HttpContext http, PosternDb db) =>
        http.Caller().UserPk is { } pk ? await db.Set<Directory.Users.User>().AsNoTracking().FirstOrDefaultAsync(u => u.Pk == pk, http.RequestAborted) : null;

    static IResult SignIn(HttpContext http) =>
        Results.Redirect($"/flows/-/default/authentication/?next={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");

    static string FlowUrl(Postern.Flows.Flow flow) => $"/if/flow/{flow.Slug}/?next={Uri.EscapeDataString(SettingsPath)}";
}
