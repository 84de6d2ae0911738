using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Directory.Views;
using Postern.Invitations;
using Postern.Invitations.Ledger;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Pages;
using Postern.Pages.Blocks;
using Postern.Pages.Tables;
using Postern.Storage.Objects;
using Postern.Web.Admin.Tabs;
using Postern.Web.Admin.Users;
using Postern.Web.Shared;

namespace Postern.Web.Admin;

/// <summary>The pages of the admin console that every section has: list, create, edit, delete.</summary>
static class ConsolePages
{
    public const string Root = "/if/admin/";

    static readonly Permission Enter = Permission.Parse("authentik_rbac.access_admin_interface");

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup(Root).AddEndpointFilter(GuardAsync);
        pages.MapGet("", OverviewPages.ShowAsync);
        Palette.PalettePages.Map(pages);
        SettingsPages.Map(pages);
        Jobs.JobPages.Map(pages);
        Mails.MailPages.Map(pages);
        Mails.MailEditorPages.Map(pages);
        Blueprints.ImportPages.Map(pages);
        Blueprints.PlanPages.Map(pages);
        Exports.ExportPages.Map(pages);
        Batches.BatchPages.Map(pages);
        RecycleBin.BinPages.Map(pages);
        Applications.AccessPages.Map(pages);
        Applications.ClaimsPages.Map(pages);
        Applications.IconPages.Map(pages);
        Applications.WizardPages.Map(pages);
        Expressions.TrialPages.Map(pages);
        Design.DesignPages.Map(pages);
        Design.VersionPages.Map(pages);
        Explain.RightPages.Map(pages);
        Keys.GeneratePages.Map(pages);
        Enterprise.LicensePages.Map(pages);
        UserActionPages.Map(pages);
        UserAccessPages.Map(pages);
        ServiceAccountPages.Map(pages);
        PermissionPages.Map(pages);
        Groups.GroupPages.Map(pages);
        Views.ViewPages.Map(pages);
        Brands.BrandPreview.Map(pages);
        Transports.TransportPages.Map(pages);
        Invitations.InvitationActionPages.Map(pages);
        Invitations.BulkInvitePages.Map(pages);
        Invitations.SelectionPages.Map(pages);
        pages.MapGet("{group}/{noun}/", ListAsync);
        pages.MapGet("{group}/{noun}/new/", (HttpContext http, string group, string noun, FormPages forms) => forms.NewAsync(http, $"{group}/{noun}"));
        pages.MapPost("{group}/{noun}/new/", (HttpContext http, string group, string noun, FormPages forms) => forms.CreateAsync(http, $"{group}/{noun}"));
        pages.MapGet("{group}/{noun}/{lookup}/", DetailPages.ShowAsync);
        pages.MapGet("{group}/{noun}/{lookup}/edit/", (HttpContext http, string group, string noun, string lookup, FormPages forms) => forms.EditAsync(http, $"{group}/{noun}", lookup));
        pages.MapPost("{group}/{noun}/{lookup}/edit/", (HttpContext http, string group, string noun, string lookup, FormPages forms) => forms.SaveAsync(http, $"{group}/{noun}", lookup));
        pages.MapGet("{group}/{noun}/{lookup}/delete/", (HttpContext http, string group, string noun, string lookup, FormPages forms) => forms.AskDeleteAsync(http, $"{group}/{noun}", lookup));
        pages.MapPost("{group}/{noun}/{lookup}/delete/", (HttpContext http, string group, string noun, string lookup, FormPages forms) => forms.DeleteAsync(http, $"{group}/{noun}", lookup));
    }

    /// <summary>Only people who may enter the console; a form only when it came from our own page.</summary>
    static async ValueTask<object?> GuardAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var caller = http.Caller();
        if (!caller.IsAuthenticated)
            return Results.Redirect($"/flows/-/default/authentication/?next={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");
        var access = (IAccess)http.RequestServices.GetService(typeof(IAccess))!;
        if (await access.RefuseAsync(caller, Enter, key: null, http.RequestAborted) is not null)
            return await ProblemAsync(http, "You may not open the admin interface.", StatusCodes.Status403Forbidden);
        if (HttpMethods.IsPost(http.Request.Method))
        {
            if (!http.Request.HasFormContentType)
                return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            if (!Directory.Sessions.CsrfCheck.Fits(http, form[ShellFactory.TokenField].ToString()))
                return await ProblemAsync(http, "This form is out of date. Go back, reload the page and send it again.", StatusCodes.Status403Forbidden);
        }
        return await next(context);
    }

    static async Task<IResult> ListAsync(HttpContext http, string group, string noun, Sections sections, ObjectQuery objects, ListRows rows, FindFolders folders, FindViews views, ReadLedger ledger, ShellFactory shells)
    {
        if (sections.Find($"{group}/{noun}") is not { } section)
            return await ProblemAsync(http, "There is no such page.", StatusCodes.Status404NotFound);
        var state = ListState.Read(http.Request);
        var mode = state.Filters.GetValueOrDefault("search_mode") is "text" ? SearchMode.Text : SearchMode.Either;
        var request = new ListRequest { Page = state.Page, PageSize = state.PageSize, Search = state.Search, SearchMode = mode, Ordering = state.Ordering, Filters = state.Filters.ToDictionary(f => f.Key, f => (IReadOnlyList<string>)[f.Value], StringComparer.Ordinal) };
        var found = await objects.ListAsync(section.Kind, http.Caller(), request, http.RequestAborted);
        if (found.Fault is { } fault)
            return await ProblemAsync(http, fault.Message, StatusOf(fault));
        return new PageResult<ListPage>(new
        {
            Page = await shells.ForAsync(http, withMenu: true),
            Section = section,
            Data = found.Value,
            Rows = await rows.ForAsync(section, found.Value.Items, http),
            State = state,
            QueryError = mode is SearchMode.Text ? null : objects.Explain(section.Kind, state.Search),
            Views = await views.ExecuteAsync(http.Caller(), section.Path, http.RequestAborted),
            Counts = section.Kind == InvitationKind.Kind && (await ledger.CountAsync(http.Caller(), http.RequestAborted)).Succeeded(out var counts, out _) ? counts : new Dictionary<string, int>(StringComparer.Ordinal),
            Folders = section.Kind == UserKind.Kind ? (await folders.ExecuteAsync(http.Caller(), http.RequestAborted)).Value : [],
        });
    }

    public static int StatusOf(Fault fault) => fault switch
    {
        Fault.NotFound => StatusCodes.Status404NotFound,
        Fault.Invalid => StatusCodes.Status422UnprocessableEntity,
        _ => StatusCodes.Status403Forbidden,
    };

    /// <summary>A page that says what went wrong.</summary>
    public static async Task<IResult> ProblemAsync(HttpContext http, string text, int status)
    {
        var shells = (ShellFactory)http.RequestServices.GetService(typeof(ShellFactory))!;
        return new PageResult<ProblemPage>(new { Page = await shells.ForAsync(http, withMenu: false), Text = text, InDialog = ModalPage.IsAskedBy(http.Request) }, status);
    }

    /// <summary>303 to the next page after something was done.</summary>
    public static IResult See(HttpContext http, string to)
    {
        http.Response.Headers.Location = to;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
