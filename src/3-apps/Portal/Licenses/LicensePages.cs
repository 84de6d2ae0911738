using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Pages;
using Postern.Portal.Access;
using Postern.Portal.Looks;
using Postern.Storage;

namespace Postern.Portal.Licenses;

/// <summary>The page of a license: its key, its history, what can be done with it.</summary>
static class LicensePages
{
    const string Root = "/organizations/{org:guid}/licenses/{license:guid}";

    /// <summary>What follows from a new key.</summary>
    internal static readonly string[] Reissued = ["The present key is revoked and must not be used any more.", "The new key has to be installed on the Licenses page of the installation."];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, (Guid license, HttpContext http, ShowLicense show) => show.PageAsync(http, license, key: null, errors: null)).Needs(Right.Member);
        routes.MapPost($"{Root}/key", RevealAsync).Needs(Right.Member);
        routes.MapPost($"{Root}/download", DownloadAsync).Needs(Right.Member);
        routes.MapPost($"{Root}/rename", (Guid license, HttpContext http, ManageLicense manage, ShowLicense show, Shells shells) =>
            DoneAsync(http, license, show, shells, manage.RenameAsync(http.Seat(), license, http.Request.Form["nickname"].ToString().Trim(), http.RequestAborted), "The name was changed.")).Needs(Right.Owner);
        routes.MapPost($"{Root}/move", (Guid license, HttpContext http, ManageLicense manage, ShowLicense show, Shells shells) =>
            DoneAsync(http, license, show, shells, manage.MoveAsync(http.Seat(), license, http.Request.Form["install_id"].ToString(), http.RequestAborted), "The license was moved. Install its new key.")).Needs(Right.Owner);
        routes.MapGet($"{Root}/reissue", AskReissueAsync).Needs(Right.Owner);
        routes.MapPost($"{Root}/reissue", (Guid license, HttpContext http, ManageLicense manage, ShowLicense show, Shells shells) =>
            DoneAsync(http, license, show, shells, manage.ReissueAsync(http.Seat().OrganizationId, http.Actor(), license, http.RequestAborted), "A new key was issued. Install it now; the key before it is revoked.")).Needs(Right.Owner);
    }

    static async Task<IResult> RevealAsync(Guid license, HttpContext http, RevealKey reveal, ShowLicense show) =>
        (await reveal.ExecuteAsync(http.Seat().OrganizationId, http.Actor(), license, "shown", http.RequestAborted)).Succeeded(out var key, out var fault)
            ? await show.PageAsync(http, license, key.Key, errors: null)
            : Problem.Of(http, fault);

    static async Task<IResult> DownloadAsync(Guid license, HttpContext http, RevealKey reveal)
    {
        if (!(await reveal.ExecuteAsync(http.Seat().OrganizationId, http.Actor(), license, "downloaded", http.RequestAborted)).Succeeded(out var key, out var fault))
            return Problem.Of(http, fault);
        http.Response.Headers.CacheControl = "no-store";
        return Results.File(System.Text.Encoding.ASCII.GetBytes(key.Key + "\n"), "text/plain", $"{license:N}-{key.Revision}.lic");
    }

    static async Task<IResult> AskReissueAsync(Guid license, HttpContext http, ManageLicense manage, Shells shells)
    {
        if (!(await manage.FindAsync(http.Seat().OrganizationId, license, http.RequestAborted)).Succeeded(out var found, out var fault))
            return Problem.Of(http, fault);
        return PortalPage.Of<ConfirmPage>(http, new
        {
            Shell = await shells.ForAsync(http),
            Title = $"Issue the key of {found.DisplayName} anew?",
            Verb = "Issue a new key",
            Back = LicenseLook.Url(found),
            Consequences = Reissued,
        });
    }

    /// <summary>On to the license; what is wrong with a field is said beside it, anything else as a message.</summary>
    public static async Task<IResult> DoneAsync<T>(HttpContext http, Guid license, ShowLicense show, Shells shells, Task<Result<T>> work, string message)
    {
        var fault = (await work).Fault;
        if (fault is Fault.Invalid { Errors: var errors } && errors.Fields.Any(f => f is not FieldErrors.NonField))
            return await show.PageAsync(http, license, key: null, errors);
        if (fault is not (null or Fault.Invalid))
            return Problem.Of(http, fault);
        await shells.TellAsync(http, fault is Fault.Invalid invalid ? string.Join(' ', invalid.Errors[FieldErrors.NonField]) : message, fault is null ? "success" : "danger");
        return new SeeOther($"/organizations/{http.Seat().OrganizationId}/licenses/{license}");
    }
}
