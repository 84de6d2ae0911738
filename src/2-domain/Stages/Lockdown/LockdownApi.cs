using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Brands;
using Postern.Kernel;

namespace Postern.Stages.Lockdown;

/// <summary>The door to the lockdown flow: <c>POST core/users/account_lockdown/</c>.</summary>
static class LockdownApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v3/core/users/account_lockdown/", async (HttpContext http, CreateLockdownLink create, Links links) =>
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (unreadable is not null)
            return unreadable;
        string? user = null;
        if (body.ValueKind is JsonValueKind.Object && body.TryGetProperty("user", out var given) && given.ValueKind is not JsonValueKind.Null)
        {
            if (given.ValueKind is not JsonValueKind.Number || !given.TryGetInt32(out var pk))
                return FaultResult.Of(Fault.Field("user", "A valid integer is required."));
            user = pk.ToString(CultureInfo.InvariantCulture);
        }
        if (!(await create.ExecuteAsync(http, user, http.RequestAborted)).Succeeded(out var path, out var fault))
            return FaultResult.Of(fault);
        var link = await links.ToAsync(path, http.Request, http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        return new WireJson(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("link", link);
            writer.WriteEndObject();
        });
    }).Note("Makes a link that locks an account.", answer: "Link", body: "UserAccountLockdownRequest{user:int?}");
}
