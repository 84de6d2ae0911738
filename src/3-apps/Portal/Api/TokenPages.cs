using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Pages;
using Postern.Portal.Access;
using Postern.Portal.Looks;
using Postern.Storage;

namespace Postern.Portal.Api;

/// <summary>Tokens of an organization: made, shown once, revoked.</summary>
static class TokenPages
{
    const string Root = "/organizations/{org:guid}/tokens";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, (HttpContext http, PosternDb db, Shells shells, TimeProvider clock) => ShowAsync(http, db, shells, clock, made: null, errors: null)).Needs(Right.Owner);
        routes.MapPost(Root, CreateAsync).Needs(Right.Owner);
        routes.MapPost(Root + "/{token:guid}/revoke", RevokeAsync).Needs(Right.Owner);
    }

    static async Task<IResult> CreateAsync(HttpContext http, ManageTokens manage, PosternDb db, Shells shells, TimeProvider clock)
    {
        var form = http.Request.Form;
        var days = int.TryParse(form["days"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var made = await manage.CreateAsync(http.Seat(), form["name"].ToString().Trim(), [.. form["scopes"].OfType<string>()], days, http.RequestAborted);
        return made.Succeeded(out var token, out var fault) ? await ShowAsync(http, db, shells, clock, token, errors: null)
            : fault is Fault.Invalid invalid ? await ShowAsync(http, db, shells, clock, made: null, invalid.Errors)
            : Problem.Of(http, fault);
    }

    static async Task<IResult> RevokeAsync(Guid token, HttpContext http, ManageTokens manage, Shells shells)
    {
        if ((await manage.RevokeAsync(http.Seat(), token, http.RequestAborted)).Fault is { } fault)
            return Problem.Of(http, fault);
        await shells.TellAsync(http, "The token was revoked.");
        return new SeeOther($"/organizations/{http.Seat().OrganizationId}/tokens");
    }

    static async Task<IResult> ShowAsync(HttpContext http, PosternDb db, Shells shells, TimeProvider clock, string? made, FieldErrors? errors)
    {
        var organization = http.Seat().Organization;
        return PortalPage.Of<TokensPage>(
            http,
            new
            {
                Shell = await shells.ForAsync(http),
                Organization = organization,
                Tokens = await db.Set<ApiToken>().AsNoTracking().Where(t => t.OrganizationId == organization.Id && t.RevokedAt == null).OrderBy(t => t.CreatedAt).Take(200).ToListAsync(http.RequestAborted),
                Now = clock.GetUtcNow(),
                Made = made,
                Errors = errors,
            },
            // Turbo shows the answer to a form only when it is a redirect or refused; this one must not be repeated.
            errors is null && made is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
