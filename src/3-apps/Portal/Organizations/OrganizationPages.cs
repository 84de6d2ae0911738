using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Pages;
using Postern.Portal.Access;
using Postern.Portal.Looks;
using Postern.Portal.Members;
using Postern.Portal.SignIn;
using Postern.Storage;

namespace Postern.Portal.Organizations;

/// <summary>My organizations, and the page of each.</summary>
static class OrganizationPages
{
    public const string Path = "/organizations";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", StartAsync).Needs(Right.Public);
        routes.MapGet(Path, ListAsync).Needs(Right.SignedIn);
        routes.MapGet("/organizations/new", async (HttpContext http, Shells shells) => await NewAsync(http, shells, errors: null)).Needs(Right.SignedIn);
        routes.MapPost("/organizations/new", CreateAsync).Needs(Right.SignedIn);
        routes.MapGet("/organizations/{org:guid}", ShowAsync).Needs(Right.Member);
        routes.MapGet("/organizations/{org:guid}/edit", async (HttpContext http, Shells shells) => await EditAsync(http, shells, errors: null)).Needs(Right.Owner);
        routes.MapPost("/organizations/{org:guid}/edit", SaveAsync).Needs(Right.Owner);
    }

    public static string Of(Guid organization) => $"{Path}/{organization}";

    static async Task<IResult> StartAsync(HttpContext http, Shells shells) =>
        http.VisitorOrNone() is null ? PortalPage.Of<StartPage>(http, new { Shell = await shells.ForAsync(http) }) : new SeeOther(Path);

    /// <summary>Whoever has no organization, and is invited to none, first makes one.</summary>
    static async Task<IResult> ListAsync(HttpContext http, FindOrganizations find, Shells shells)
    {
        var visitor = http.Visitor();
        var organizations = await find.ExecuteAsync(visitor, http.RequestAborted);
        var invitations = await find.InvitationsAsync(visitor, http.RequestAborted);
        if (organizations.Count == 0 && invitations.Count == 0 && !visitor.IsSupport)
            return new SeeOther("/organizations/new");
        var shell = await shells.ForAsync(http);
        // What is said here stays until the page is left: how a purchase goes on is read in peace.
        return PortalPage.Of<OrganizationsPage>(http, new { Shell = shell with { Messages = [] }, shell.Messages, Organizations = organizations, Invitations = invitations });
    }

    static async Task<IResult> NewAsync(HttpContext http, Shells shells, FieldErrors? errors) => PortalPage.Of<OrganizationFormPage>(
        http,
        new
        {
            Shell = await shells.ForAsync(http),
            Title = "Create an organization",
            Submit = "Create",
            Form = errors is null ? new OrganizationForm("", http.Visitor().Person.Email) : OrganizationForm.Read(http.Request.Form),
            Errors = errors,
        },
        errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    static async Task<IResult> CreateAsync(HttpContext http, CreateOrganization create, Shells shells)
    {
        var created = await create.ExecuteAsync(http.Actor(), OrganizationForm.Read(http.Request.Form), http.RequestAborted);
        return created.Succeeded(out var organization, out var fault) ? new SeeOther(Of(organization.Id))
            : fault is Fault.Invalid invalid ? await NewAsync(http, shells, invalid.Errors)
            : Problem.Of(http, fault);
    }

    static Task<IResult> ShowAsync(HttpContext http, ShowOrganization show) => show.PageAsync(http, errors: null);

    static async Task<IResult> EditAsync(HttpContext http, Shells shells, FieldErrors? errors)
    {
        var organization = http.Seat().Organization;
        return PortalPage.Of<OrganizationFormPage>(
            http,
            new
            {
                Shell = await shells.ForAsync(http),
                Title = $"Edit {organization.Name}",
                Submit = "Save",
                Organization = organization,
                Form = errors is null ? new OrganizationForm(organization.Name, organization.NotificationEmail) : OrganizationForm.Read(http.Request.Form),
                Errors = errors,
            },
            errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    static async Task<IResult> SaveAsync(HttpContext http, EditOrganization edit, Shells shells)
    {
        if ((await edit.ExecuteAsync(http.Seat(), OrganizationForm.Read(http.Request.Form), http.RequestAborted)).Fault is { } fault)
            return fault is Fault.Invalid invalid ? await EditAsync(http, shells, invalid.Errors) : Problem.Of(http, fault);
        await shells.TellAsync(http, "The organization was changed.");
        return new SeeOther(Of(http.Seat().OrganizationId));
    }
}
