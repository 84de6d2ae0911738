using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Brands.Settings;

/// <summary>The door of the system settings: <c>GET|PUT|PATCH /api/v3/admin/settings/</c>.</summary>
static class SettingsApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        const string path = "/api/v3/admin/settings/";
        routes.MapGet(path, async (HttpContext http, IAccess access, PosternDb db) =>
            await access.RefuseAsync(http.Caller(), SystemSettingsKind.Kind.View, key: null, http.RequestAborted) is { } refusal
                ? FaultResult.Of(refusal)
                : await AnswerAsync(http, await db.Set<SystemSettings>().AsNoTracking().SingleAsync(http.RequestAborted)))
            .Note("Answers the settings of the installation.", answer: "authentik_tenants.tenant_settings");
        routes.MapPut(path, (Delegate)(Task<IResult> (HttpContext http) => SaveAsync(http, SaveOptions.Full)))
            .Note("Replaces the settings of the installation.", answer: "authentik_tenants.tenant_settings", body: "json");
        routes.MapPatch(path, (Delegate)(Task<IResult> (HttpContext http) => SaveAsync(http, SaveOptions.Patch)))
            .Note("Changes some settings of the installation.", answer: "authentik_tenants.tenant_settings", body: "json");
    }

    static async Task<IResult> SaveAsync(HttpContext http, SaveOptions options)
    {
        var (body, refusal) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (refusal is not null)
            return refusal;
        var settings = await http.RequestServices.GetRequiredService<PosternDb>().Set<SystemSettings>().SingleAsync(http.RequestAborted);
        var saved = await http.RequestServices.GetRequiredService<SaveObject>().UpdateAsync(SystemSettingsKind.Kind, http.Caller(), settings, body, options, http.RequestAborted);
        return saved.Fault is { } fault ? FaultResult.Of(fault) : await AnswerAsync(http, settings);
    }

    static async Task<IResult> AnswerAsync(HttpContext http, SystemSettings settings)
    {
        var context = new LoadContext(http.RequestServices.GetRequiredService<PosternDb>(), http.Caller(), http.RequestServices, http.RequestAborted);
        return new WireJson((await Rendered.OneAsync(SystemSettingsKind.Kind, settings, context)).Write);
    }
}
