using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Authenticators.Email;
using Postern.Authenticators.Sms;
using Postern.Authenticators.WebAuthn;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;

namespace Postern.Authenticators.Devices;

/// <summary>Doors over devices of all kinds: one's own, a user's for administrators, and the models of passkeys.</summary>
static class DeviceApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v3/authenticators/all/", OwnAsync)
            .Note("Lists the devices of the caller.", answer: "[Device{verbose_name verbose_name_plural meta_model_name pk name type confirmed:bool created:time last_updated:time last_used:time? extra_description? external_id?}]");
        routes.MapGet("/api/v3/authenticators/admin/all/", OfUserAsync)
            .Note("Lists the devices of a user.", answer: "[Device]", query: "user:int?");
        routes.MapGet("/api/v3/stages/authenticator/webauthn_device_types/", TypesAsync)
            .Note("Lists known models of passkeys.", answer: "page(WebAuthnDeviceType{aaguid:uuid description})");
        routes.MapGet("/api/v3/stages/authenticator/webauthn_device_types/{aaguid:guid}/", TypeAsync)
            .Note("Answers the model of passkeys.", answer: "WebAuthnDeviceType");
    }

    static async Task<IResult> OwnAsync(HttpContext http, UserDevices devices, KindRegistry kinds) =>
        http.Caller().UserPk is { } user
            ? Answer(await devices.AllAsync(user, http.RequestAborted), kinds)
            : FaultResult.Of(new Fault.Unauthenticated());

    static async Task<IResult> OfUserAsync(HttpContext http, FindDevices devices, KindRegistry kinds)
    {
        // Nobody named means oneself.
        var named = http.Request.Query["user"].ToString();
        var user = http.Caller().UserPk ?? 0;
        if (named.Length > 0 && !int.TryParse(named, NumberStyles.None, CultureInfo.InvariantCulture, out user))
            return FaultResult.Of(Fault.Field("user", "A valid integer is required."));
        return (await devices.ExecuteAsync(http.Caller(), user, http.RequestAborted)).Succeeded(out var shown, out var refusal) ? Answer(shown, kinds) : FaultResult.Of(refusal);
    }

    static async Task<IResult> TypesAsync(HttpContext http, IAccess access)
    {
        if (await access.RefuseAsync(http.Caller(), WebAuthnStage.Kind.View, key: null, http.RequestAborted) is { } refusal)
            return FaultResult.Of(refusal);
        var list = new JsonArray([.. DeviceTypes.All.Select(t => (JsonNode)new JsonObject { ["aaguid"] = t.Key, ["description"] = t.Value })]);
        var count = list.Count;
        var page = new JsonObject { ["next"] = 0, ["previous"] = 0, ["count"] = count, ["current"] = 1, ["total_pages"] = 1, ["start_index"] = 1, ["end_index"] = count };
        var answer = new JsonObject { ["pagination"] = page, ["results"] = list, ["autocomplete"] = new JsonObject() };
        return new WireJson(writer => answer.WriteTo(writer));
    }

    static async Task<IResult> TypeAsync(Guid aaguid, HttpContext http, IAccess access)
    {
        if (await access.RefuseAsync(http.Caller(), WebAuthnStage.Kind.View, key: null, http.RequestAborted) is { } refusal)
            return FaultResult.Of(refusal);
        var found = DeviceTypes.All.FirstOrDefault(t => t.Key == aaguid);
        if (found.Value is null)
            return FaultResult.Of(new Fault.NotFound("WebAuthn Device type"));
        var answer = new JsonObject { ["aaguid"] = found.Key, ["description"] = found.Value };
        return new WireJson(writer => answer.WriteTo(writer));
    }

    static WireJson Answer(IEnumerable<Device> devices, KindRegistry kinds)
    {
        var list = new JsonArray([.. devices.Select(d => (JsonNode)Shown(d, kinds.Of(d.GetType())!))]);
        return new WireJson(writer => list.WriteTo(writer));
    }

    static JsonObject Shown(Device device, ModelKind kind) => new()
    {
        ["verbose_name"] = kind.Label,
        ["verbose_name_plural"] = kind.LabelPlural,
        ["meta_model_name"] = kind.Name,
        ["pk"] = device.Pk.ToString(CultureInfo.InvariantCulture),
        ["name"] = device.Name,
        ["type"] = kind.Name,
        ["confirmed"] = device.Confirmed,
        ["created"] = device.Created,
        ["last_updated"] = device.LastUpdated,
        ["last_used"] = device.LastUsed,
        ["extra_description"] = device switch
        {
            WebAuthnDevice key => DeviceTypes.NameOf(key.Aaguid),
            EmailDevice email => EmailMask.Of(email.Email),
            SmsDevice sms when !sms.IsHashed => sms.PhoneNumber,
            _ => null,
        },
        ["external_id"] = device is WebAuthnDevice passkey ? passkey.Aaguid.ToString() : null,
    };
}
