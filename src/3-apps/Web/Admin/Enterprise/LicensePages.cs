using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Enterprise.Licenses;
using Postern.Kernel;
using Postern.Kernel.Settings;
using Postern.Pages;
using Postern.Storage.Objects;
using Postern.Web.Shared;

namespace Postern.Web.Admin.Enterprise;

/// <summary>Licences: what is installed, what it amounts to, and installing a key.</summary>
static class LicensePages
{
    const string Url = "/if/admin/enterprise/licenses/";
    const int Most = 100;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("enterprise/licenses/", ListAsync);
        pages.MapGet("enterprise/licenses/new/", (HttpContext http, ShellFactory shells, InstallId install) => FormAsync(http, shells, install, key: "", new FieldErrors()));
        pages.MapPost("enterprise/licenses/new/", InstallAsync);
    }

    static async Task<IResult> ListAsync(HttpContext http, ObjectQuery objects, ReadUsage usage, InstallId install, PosternSettings settings, ShellFactory shells, TimeProvider clock)
    {
        var request = new ListRequest { PageSize = Most };
        var found = await objects.ListAsync(LicenseKind.Kind, http.Caller(), request, http.RequestAborted);
        if (found.Fault is { } fault)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        var id = await install.GetAsync(http.RequestAborted);
        return new PageResult<LicensesPage>(new
        {
            Page = await shells.ForAsync(http, withMenu: true),
            Licenses = found.Value.Items.OfType<License>().ToList(),
            Trend = await usage.ExecuteAsync(http.RequestAborted),
            InstallId = id,
            PortalUrl = settings.PortalUrl is { } portal ? $"{portal.ToString().TrimEnd('/')}/from_instance/purchase/?install_id={id}&instance_url={Uri.EscapeDataString($"{http.Request.Scheme}://{http.Request.Host}")}" : null,
            Now = clock.GetUtcNow(),
        });
    }

    static async Task<IResult> InstallAsync(HttpContext http, SaveObject save, ShellFactory shells, InstallId install)
    {
        var key = (await http.Request.ReadFormAsync(http.RequestAborted))[LicenseKind.KeyField].ToString();
        var body = JsonSerializer.SerializeToElement(new JsonObject { [LicenseKind.KeyField] = key });
        var saved = await save.CreateAsync(LicenseKind.Kind, http.Caller(), body, SaveOptions.Full, http.RequestAborted);
        if (saved.Fault is Fault.Invalid invalid)
            return await FormAsync(http, shells, install, key, invalid.Errors);
        if (saved.Fault is { } fault)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        await shells.TellAsync(http, "success", "Successfully created license.");
        return ConsolePages.See(http, Url);
    }

    static async Task<IResult> FormAsync(HttpContext http, ShellFactory shells, InstallId install, string key, FieldErrors errors) => new PageResult<InstallPage>(
        new { Page = await shells.ForAsync(http, withMenu: true), InstallId = await install.GetAsync(http.RequestAborted), Key = key, Errors = errors, Back = Url },
        errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
}
