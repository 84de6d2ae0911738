using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Pages;
using Postern.Pages.Forms;
using Postern.Rbac.Grants;
using Postern.Storage.Objects;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Explain;

/// <summary>Tells an administrator whether somebody holds a permission, and by what.</summary>
static class RightPages
{
    public static void Map(IEndpointRouteBuilder pages) => pages.MapGet("directory/users/{lookup}/right/", ShowAsync);

    static async Task<IResult> ShowAsync(HttpContext http, string lookup, ObjectQuery objects, PermissionCatalogue catalogue, ExplainRight explain, ShellFactory shells)
    {
        var found = await objects.FindAsync(UserKind.Kind, http.Caller(), lookup, tracked: false, http.RequestAborted);
        if (!found.Succeeded(out var user, out var missing))
            return await ConsolePages.ProblemAsync(http, missing.Message, ConsolePages.StatusOf(missing));
        var (permission, key) = (http.Request.Query["permission"].ToString(), http.Request.Query["object"].ToString().Trim());
        Result<RightExplanation>? explained = permission.Length == 0 ? default(Result<RightExplanation>?) : await explain.ExecuteAsync(http.Caller(), lookup, permission, key, http.RequestAborted);
        if (explained?.Fault is { } fault and not Fault.Invalid)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        var errors = (explained?.Fault as Fault.Invalid)?.Errors ?? new FieldErrors();
        return new PageResult<RightPage>(
            new
            {
                Page = await shells.ForAsync(http, withMenu: true),
                User = (Directory.Users.User)user,
                Permissions = (IReadOnlyList<Option>)[.. catalogue.All.OrderBy(p => p.ModelLabel, StringComparer.OrdinalIgnoreCase).ThenBy(p => p.Label, StringComparer.OrdinalIgnoreCase).Select(p => new Option(p.Name, $"{p.ModelLabel}: {p.Label}"))],
                Permission = permission,
                Object = key,
                Errors = errors,
                Right = explained is { Fault: null } answered ? answered.Value : null,
            },
            errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
