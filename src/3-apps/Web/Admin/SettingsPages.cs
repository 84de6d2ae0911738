using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Brands.Settings;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Pages;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;
using Postern.Web.Shared;

namespace Postern.Web.Admin;

/// <summary>The page of the system settings.</summary>
static class SettingsPages
{
    static readonly Section section = new("System", "Settings", "system/settings", SystemSettingsKind.Kind);

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("system/settings/", OpenAsync);
        pages.MapPost("system/settings/", SaveAsync);
    }

    static async Task<IResult> OpenAsync(HttpContext http, PosternDb db, ObjectQuery objects, IAccess access, KindRegistry kinds, ShellFactory shells) =>
        await access.RefuseAsync(http.Caller(), SystemSettingsKind.Kind.View, key: null, http.RequestAborted) is { } refusal
            ? await ConsolePages.ProblemAsync(http, refusal.Message, ConsolePages.StatusOf(refusal))
            : await ShowAsync(http, db, objects, kinds, shells, form: null, new FieldErrors());

    static async Task<IResult> SaveAsync(HttpContext http, PosternDb db, SaveObject save, ObjectQuery objects, KindRegistry kinds, ShellFactory shells)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (body, errors) = FormReader.Read(FormView.Editable(SystemSettingsKind.Kind), form, isNew: false);
        if (!errors.Any)
        {
            var settings = await db.Set<SystemSettings>().SingleAsync(http.RequestAborted);
            var saved = await save.UpdateAsync(SystemSettingsKind.Kind, http.Caller(), settings, body, SaveOptions.Patch, http.RequestAborted);
            if (saved.Fault is null)
            {
                await shells.TellAsync(http, "success", "Settings saved.");
                return ConsolePages.See(http, "/if/admin/system/settings/");
            }
            if (saved.Fault is not Fault.Invalid invalid)
                return await ConsolePages.ProblemAsync(http, saved.Fault.Message, ConsolePages.StatusOf(saved.Fault));
            errors = invalid.Errors;
        }
        return await ShowAsync(http, db, objects, kinds, shells, form, errors);
    }

    static async Task<IResult> ShowAsync(HttpContext http, PosternDb db, ObjectQuery objects, KindRegistry kinds, ShellFactory shells, IFormCollection? form, FieldErrors errors)
    {
        var settings = await db.Set<SystemSettings>().AsNoTracking().SingleAsync(http.RequestAborted);
        var view = await FormView.ForAsync(SystemSettingsKind.Kind, settings, section, http.Request.Query, form, errors, objects, kinds, http.Caller(), http.RequestAborted);
        return new PageResult<SettingsPage>(
            new { Page = await shells.ForAsync(http, withMenu: true), View = view },
            errors.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
