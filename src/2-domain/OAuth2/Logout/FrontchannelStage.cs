using System.Text.Json.Nodes;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Storage.Kinds;

namespace Postern.OAuth2.Logout;

/// <summary>Loads the sign-out pages of applications in hidden frames (OpenID Connect Front-Channel Logout section 2).</summary>
sealed class FrontchannelStage : Stage
{
    /// <summary>Objects of <c>url</c> and <c>provider_name</c>.</summary>
    public JsonNode? Urls { get; set; }

    public static readonly ModelKind<FrontchannelStage> Kind = StageKind.DeclareInternal<FrontchannelStage>("authentik_providers_oauth2.frontchannelstage", static k => k.AnyJson("urls", s => s.Urls));
}

/// <summary>Shows the frames; whoever goes on has been everywhere.</summary>
sealed class RunFrontchannel : IStage<FrontchannelStage>
{
    public const string Component = "ak-provider-iframe-logout";

    public ValueTask<StageOutcome> StartAsync(FrontchannelStage stage, StageRun run, CancellationToken cancellation) =>
        ValueTask.FromResult<StageOutcome>(new StageOutcome.Challenge(Component, new JsonObject { ["logout_urls"] = stage.Urls?.DeepClone() ?? new JsonArray() }));

    public ValueTask<StageOutcome> AnswerAsync(FrontchannelStage stage, StageRun run, JsonObject answer, CancellationToken cancellation) => ValueTask.FromResult(StageOutcome.Done);
}
