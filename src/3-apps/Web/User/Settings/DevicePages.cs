using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Http;
using Postern.Authenticators.Devices;
using Postern.Authenticators.Email;
using Postern.Authenticators.Sms;
using Postern.Authenticators.Static;
using Postern.Authenticators.Totp;
using Postern.Authenticators.WebAuthn;
using Postern.Flows;
using Postern.Kernel;
using Postern.Pages;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;
using Postern.Storage.Snapshots;
using Postern.Web.Admin;
using Postern.Web.Shared;

namespace Postern.Web.User.Settings;

/// <summary>One's own devices: list, rename, remove; adding leads into the flows of the set-up stages.</summary>
static class DevicePages
{
    public const string List = $"{AccountPages.Root}devices/";

    static readonly Dictionary<string, ModelKind> Kinds = new(StringComparer.Ordinal)
    {
        ["totp"] = TotpDevice.Kind,
        ["static"] = StaticDevice.Kind,
        ["webauthn"] = WebAuthnDevice.Kind,
        ["sms"] = SmsDevice.Kind,
        ["email"] = EmailDevice.Kind,
    };

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("devices/", ShowAsync);
        pages.MapGet("devices/{of}/{pk}/rename/", AskNameAsync);
        pages.MapPost("devices/{of}/{pk}/rename/", RenameAsync);
        pages.MapGet("devices/{of}/{pk}/delete/", AskDeleteAsync);
        pages.MapPost("devices/{of}/{pk}/delete/", DeleteAsync);
    }

    static async Task<IResult> ShowAsync(HttpContext http, UserDevices devices, KindRegistry kinds, Snapshot<FlowPicture> pictures, ShellFactory shells)
    {
        var picture = await pictures.GetAsync(http.RequestAborted);
        return new PageResult<DevicesPage>(new
        {
            Page = await shells.ForAsync(http, withMenu: false),
            Devices = (await devices.AllAsync(http.Caller().UserPk!.Value, http.RequestAborted)).Select(d => DeviceRow.Of(d, kinds)).ToList(),
            Ways = picture.Stages.OfType<SetupStage>().Select(s => (Stage: s, Flow: s.ConfigureFlow is { } pk ? picture.Find(pk) : null)).Where(s => s.Flow is not null)
                .Select(s => new PageLink(s.Stage.FriendlyName.Length > 0 ? s.Stage.FriendlyName : s.Stage.Name, $"/if/flow/{s.Flow!.Slug}/?next={Uri.EscapeDataString(List)}"))
                .OrderBy(w => w.Name, StringComparer.OrdinalIgnoreCase).ToList(),
        });
    }

    static async Task<IResult> AskNameAsync(string of, string pk, HttpContext http, ObjectQuery objects, ShellFactory shells) =>
        (await FindAsync(of, pk, http, objects)).Succeeded(out var device, out var fault)
            ? await NamePageAsync(http, shells, device.Name, errors: null)
            : await AccountPages.RefusedAsync(http, fault);

    static async Task<IResult> RenameAsync(string of, string pk, HttpContext http, ObjectQuery objects, SaveObject save, ShellFactory shells)
    {
        if (!(await FindAsync(of, pk, http, objects)).Succeeded(out var device, out var missing))
            return await AccountPages.RefusedAsync(http, missing);
        var name = http.Request.Form["name"].ToString();
        var body = JsonSerializer.SerializeToElement(new Dictionary<string, string>(StringComparer.Ordinal) { ["name"] = name });
        var saved = await save.UpdateAsync(Kinds[of], AccountPages.Owner(http), device, body, SaveOptions.Patch, http.RequestAborted);
        if (saved.Fault is Fault.Invalid invalid)
            return await NamePageAsync(http, shells, name, invalid.Errors);
        if (saved.Fault is { } fault)
            return await AccountPages.RefusedAsync(http, fault);
        await shells.TellAsync(http, "success", "Renamed.");
        return ConsolePages.See(http, List);
    }

    static async Task<IResult> AskDeleteAsync(string of, string pk, HttpContext http, ObjectQuery objects, ShellFactory shells)
    {
        if (!(await FindAsync(of, pk, http, objects)).Succeeded(out var device, out var fault))
            return await AccountPages.RefusedAsync(http, fault);
        return new PageResult<ConfirmPage>(new
        {
            Page = await shells.ForAsync(http, withMenu: false),
            Title = $"Remove {device.Name}?",
            Verb = "Remove",
            Back = List,
            Action = http.Request.Path.ToString(),
            Consequence = "You can no longer sign in with it.",
        });
    }

    static async Task<IResult> DeleteAsync(string of, string pk, HttpContext http, ObjectQuery objects, DeleteObject delete, ShellFactory shells)
    {
        if (!(await FindAsync(of, pk, http, objects)).Succeeded(out var device, out var missing))
            return await AccountPages.RefusedAsync(http, missing);
        var name = device.Name;
        var outcome = await delete.ExecuteAsync(Kinds[of], AccountPages.Owner(http), device, http.RequestAborted);
        if (outcome.Fault is { } fault)
            return await AccountPages.RefusedAsync(http, fault);
        await shells.TellAsync(http, "success", $"{name} was removed.");
        return ConsolePages.See(http, List);
    }

    static async Task<IResult> NamePageAsync(HttpContext http, ShellFactory shells, string name, FieldErrors? errors) => new PageResult<RenamePage>(
        new { Page = await shells.ForAsync(http, withMenu: false), Name = name, Action = http.Request.Path.ToString(), Errors = errors },
        errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    static async ValueTask<Result<Device>> FindAsync(string of, string pk, HttpContext http, ObjectQuery objects)
    {
        if (!Kinds.TryGetValue(of, out var kind))
            return new Fault.NotFound("Device");
        return (await objects.FindAsync(kind, AccountPages.Owner(http), pk, tracked: true, http.RequestAborted)).Succeeded(out var device, out var fault) ? (Device)device : fault;
    }
}
