using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Flows.Running;
using Postern.Kernel;
using Postern.Storage.Kinds;
using Postern.Storage.Snapshots;

namespace Postern.Flows;

/// <summary>What people may set up for themselves: the stages that name a flow for it, and the way into that flow.</summary>
static class ConfigureApi
{
    const string ConfigureFlow = "configure_flow";
    const string FriendlyName = "friendly_name";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/flows/-/configure/{stage:guid}/", EnterAsync);
        routes.MapGet("/api/v3/stages/all/user_settings/", ListAsync)
            .Note("Lists what people may set up for themselves.", answer: "[UserSetting{object_uid component title configure_url? icon_url?}]");
    }

    static async Task<IResult> EnterAsync(Guid stage, HttpContext http, Snapshot<FlowPicture> pictures, KindRegistry kinds)
    {
        if (!http.Caller().IsAuthenticated)
            return Results.Redirect($"/flows/-/default/authentication/?next={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");
        var picture = await pictures.GetAsync(http.RequestAborted);
        return picture.Stage(stage) is { } found && FlowOf(found, picture, kinds) is { } flow
            ? Results.Redirect(FlowLink.To(flow, PageQuery.Parse(http.Request.QueryString.Value)))
            : FaultResult.Of(new Fault.NotFound("Stage"));
    }

    static async Task<IResult> ListAsync(HttpContext http, Snapshot<FlowPicture> pictures, KindRegistry kinds)
    {
        if (!http.Caller().IsAuthenticated)
            return FaultResult.Of(new Fault.Unauthenticated());
        var picture = await pictures.GetAsync(http.RequestAborted);
        var list = new JsonArray();
        foreach (var stage in picture.Stages)
        {
            if (FlowOf(stage, picture, kinds) is not null)
                list.Add((JsonNode)Shown(stage, kinds.Of(stage.GetType())!));
        }
        return new WireJson(writer => list.WriteTo(writer));
    }

    static JsonObject Shown(Stage stage, ModelKind kind) => new()
    {
        ["object_uid"] = stage.Pk,
        ["title"] = kind.Find(FriendlyName)?.Get(stage) is string { Length: > 0 } name ? name : stage.Name,
        ["component"] = kind.Component.Replace("ak-stage-", "ak-user-settings-", StringComparison.Ordinal).Replace("-form", "", StringComparison.Ordinal),
        ["configure_url"] = $"/flows/-/configure/{stage.Pk}/",
    };

    static Flow? FlowOf(Stage stage, FlowPicture picture, KindRegistry kinds) =>
        kinds.Of(stage.GetType())?.Find(ConfigureFlow)?.Get(stage) is Guid pk ? picture.Find(pk) : null;
}
