using System.Text.Json.Nodes;
using Postern.Applications.Access;
using Postern.Directory.Sessions;
using Postern.Flows;
using Postern.Flows.Plans;
using Postern.Flows.Running;
using Postern.Kernel;
using Postern.OAuth2.Authorize;
using Postern.OAuth2.Clients;
using Postern.Storage.Kinds;
using Postern.Storage.Snapshots;

namespace Postern.OAuth2.Device;

/// <summary>Asks for the code that a device shows. A code that came with the link is only filled in: the person must agree (RFC 8628 section 5.4).</summary>
sealed class DeviceCodeStage : Stage
{
    public string Code { get; set; } = "";

    public static readonly ModelKind<DeviceCodeStage> Kind = StageKind.DeclareInternal<DeviceCodeStage>("authentik_providers_oauth2.devicecodestage", static k => k.Text("code", s => s.Code));
}

/// <summary>Lets the device in.</summary>
sealed class DeviceFinishStage : Stage
{
    public string Code { get; set; } = "";

    public static readonly ModelKind<DeviceFinishStage> Kind = StageKind.DeclareInternal<DeviceFinishStage>("authentik_providers_oauth2.devicefinishstage", static k => k.Text("code", s => s.Code));
}

/// <summary>Finds the device, asks whether its application is for this person, and goes on with the authorization flow of the provider.</summary>
sealed class RunDeviceCode(DeviceCodes codes, Snapshot<ClientPicture> clients, Snapshot<FlowPicture> flows, DecideAccess access) : IStage<DeviceCodeStage>
{
    const int MostGuesses = 5;
    const string GuessesKey = "goauthentik.io/providers/oauth2/device_guesses";

    public ValueTask<StageOutcome> StartAsync(DeviceCodeStage stage, StageRun run, CancellationToken cancellation) => ValueTask.FromResult<StageOutcome>(Ask(stage, new()));

    public async ValueTask<StageOutcome> AnswerAsync(DeviceCodeStage stage, StageRun run, JsonObject answer, CancellationToken cancellation)
    {
        if (run.SignedIn is not { IsActive: true })
            return StageOutcome.Deny(null);
        var given = answer["code"]?.ToString() ?? "";
        var code = string.Concat(given.Where(char.IsAsciiDigit).Take(20));
        if (await codes.WaitingAsync(code, cancellation) is not { } device || (await clients.GetAsync(cancellation)).OfProvider(device.Provider) is not { Application: not null } client)
        {
            var guesses = run.Context.TryGetValue(GuessesKey, out var before) && before is long count ? count + 1 : 1;
            run.Context[GuessesKey] = guesses;
            return guesses >= MostGuesses ? StageOutcome.Deny("Too many invalid codes.") : Ask(stage, FieldErrors.Of("code", "Invalid code"));
        }
        var verdict = await access.ExecuteAsync(client.Application, run.ForPolicies(client.Application), cancellation);
        if (!verdict.Passing)
            return StageOutcome.Deny(verdict.Messages.Count > 0 ? string.Join('\n', verdict.Messages) : null);
        foreach (var (key, value) in AuthorizePlan.Context(client, device.Scope))
            run.Context[key] = value;
        var picture = await flows.GetAsync(cancellation);
        if (client.Provider.AuthorizationFlow is { } pk && picture.Find(pk) is { } flow)
        {
            foreach (var binding in picture.BindingsOf(flow))
                run.Plan.Stages.Add(new PlannedStage { BindingPk = binding.Pk, StagePk = binding.Stage, ReEvaluate = true });
        }
        run.Plan.Append(new DeviceFinishStage { Code = code });
        return StageOutcome.Done;
    }

    static StageOutcome.Challenge Ask(DeviceCodeStage stage, FieldErrors errors) =>
        new("ak-provider-oauth2-device-code", new JsonObject { ["code"] = stage.Code }) { WithUser = true, Errors = errors };
}

/// <summary>The end of it: the device may fetch its tokens.</summary>
sealed class RunDeviceFinish(DeviceCodes codes, BrowserSession browser) : IStage<DeviceFinishStage>
{
    public async ValueTask<StageOutcome> StartAsync(DeviceFinishStage stage, StageRun run, CancellationToken cancellation)
    {
        if (run.SignedIn is not { IsActive: true } user || await browser.FindAsync(cancellation) is not { } session)
            return StageOutcome.Deny(null);
        return await codes.ApproveAsync(stage.Code, user, session, cancellation)
            ? new StageOutcome.Challenge("ak-provider-oauth2-device-code-finish", []) { WithUser = true }
            : StageOutcome.Deny("The code has expired. Start again on the device.");
    }

    public ValueTask<StageOutcome> AnswerAsync(DeviceFinishStage stage, StageRun run, JsonObject answer, CancellationToken cancellation) => ValueTask.FromResult(StageOutcome.Done);
}
