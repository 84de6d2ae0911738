using System.Text.Json.Nodes;
using Postern.Authenticators.Devices;
using Postern.Authenticators.WebAuthn;
using Postern.Brands;
using Postern.Directory.Users;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Kernel;
using Postern.Kernel.Values;
using Postern.Storage.Snapshots;

namespace Postern.Authenticators.Validate;

/// <summary>Asks for one of the person's devices until one answers; who has none goes where the stage says.</summary>
sealed class RunValidate(UserDevices devices, CheckCode codes, CheckAssertion assertions, SendChosen send, LastValidation last, Validated validated, Snapshot<FlowPicture> pictures, Snapshot<BrandPicture> brands)
    : IStage<ValidateStage>
{
    const string ChallengeKey = "goauthentik.io/stages/authenticator_webauthn/challenge";
    const string WrongCode = "Invalid Token. Please ensure the time on your device is accurate and try again.";

    public async ValueTask<StageOutcome> StartAsync(ValidateStage stage, StageRun run, CancellationToken cancellation)
    {
        if (run.PendingUser is not { } user)
            return DeviceChallenges.Classes(stage).Contains(DeviceClass.Webauthn) && run.Flow.Designation is FlowDesignation.Authentication ? AskAnybody(stage, run, new FieldErrors()) : StageOutcome.Done;
        var allowed = await AllowedAsync(stage, user, cancellation);
        if (allowed.Count == 0)
            return await WithoutAsync(stage, run, cancellation);
        var threshold = Duration.Parse(stage.LastAuthThreshold);
        if (threshold > TimeSpan.Zero && last.Find(run.Http, stage, allowed, threshold) is { } before)
            return validated.Again(run, before);
        return Ask(stage, run, allowed, new FieldErrors());
    }

    public async ValueTask<StageOutcome> AnswerAsync(ValidateStage stage, StageRun run, JsonObject answer, CancellationToken cancellation)
    {
        var given = ValidateAnswer.Of(answer);
        if (run.PendingUser is not { } user)
            return DeviceChallenges.Classes(stage).Contains(DeviceClass.Webauthn) && run.Flow.Designation is FlowDesignation.Authentication
                ? await PasskeyAsync(stage, run, given, null, [], cancellation)
                : StageOutcome.Done;
        var allowed = await AllowedAsync(stage, user, cancellation);
        if (allowed.Count == 0)
            return given.HasStage ? await ConfigureAsync(stage, run, given.Stage, cancellation) : await WithoutAsync(stage, run, cancellation);
        if (given.HasChoice && Chosen(allowed, given) is not { } chosen)
            return Ask(stage, run, allowed, FieldErrors.Of("selected_challenge", "invalid challenge selected"));
        else if (given.HasChoice && !given.HasCode && given.Passkey is null)
            await send.ExecuteAsync(run, user, Chosen(allowed, given)!, cancellation);
        if (given.HasCode)
            return await CodeAsync(stage, run, user, given, allowed, cancellation);
        if (given.Passkey is not null)
            return await PasskeyAsync(stage, run, given, user, allowed, cancellation);
        return Ask(stage, run, allowed, given.HasDuo ? FieldErrors.Of("duo", "Invalid device") : FieldErrors.Of(FieldErrors.NonField, "Empty response"));
    }

    async ValueTask<StageOutcome> CodeAsync(ValidateStage stage, StageRun run, User user, ValidateAnswer given, IReadOnlyList<Device> allowed, CancellationToken cancellation)
    {
        if (allowed.All(d => d is WebAuthnDevice))
            return Ask(stage, run, allowed, FieldErrors.Of("code", "No compatible device class allowed"));
        var rules = new CodeRules(DeviceChallenges.Classes(stage), stage);
        if (await codes.ExecuteAsync(user.Pk, given.Code, rules, cancellation) is { } device)
            return validated.Done(stage, run, device);
        await validated.FailedAsync(stage, run, user.Username, cancellation);
        return Ask(stage, run, allowed, FieldErrors.Of("code", WrongCode));
    }

    async ValueTask<StageOutcome> PasskeyAsync(ValidateStage stage, StageRun run, ValidateAnswer given, User? user, IReadOnlyList<Device> allowed, CancellationToken cancellation)
    {
        var challenge = run.Context.Text(ChallengeKey) ?? "";
        run.Context.Remove(ChallengeKey);
        var brand = (await brands.GetAsync(cancellation)).For(run.Http.Request.Host.Host).BrandingTitle;
        var wanted = new AssertionWanted(challenge, RelyingParty.Of(run.Http), stage.WebauthnUserVerification, stage.WebauthnAllowedDeviceTypes, brand);
        var outcome = await assertions.ExecuteAsync(challenge.Length > 0 ? ClientResponse.Parse(given.Passkey) : null, wanted, user?.Pk, cancellation);
        if (outcome.Fault is null)
            return user is null ? await validated.OwnerAsync(stage, run, outcome.Value, cancellation) : validated.Done(stage, run, outcome.Value);
        await validated.FailedAsync(stage, run, user?.Username ?? "", cancellation);
        var errors = outcome.Fault is Fault.Invalid invalid ? invalid.Errors : FieldErrors.Of("webauthn", outcome.Fault.Message);
        return user is null ? AskAnybody(stage, run, errors) : Ask(stage, run, allowed, errors);
    }

    /// <summary>The person has no device that counts here.</summary>
    async ValueTask<StageOutcome> WithoutAsync(ValidateStage stage, StageRun run, CancellationToken cancellation)
    {
        switch (stage.NotConfiguredAction)
        {
            case NotConfiguredAction.Skip:
                return StageOutcome.Done;
            case NotConfiguredAction.Configure when stage.ConfigurationStages is [var only] && (await pictures.GetAsync(cancellation)).Stage(only) is not null:
                run.Plan.Insert(only);
                return StageOutcome.Done;
            case NotConfiguredAction.Configure when stage.ConfigurationStages.Count > 1:
                return await OfferAsync(stage, run, new FieldErrors(), cancellation);
            default:
                return StageOutcome.Deny("No (allowed) MFA authenticator configured.");
        }
    }

    async ValueTask<StageOutcome> ConfigureAsync(ValidateStage stage, StageRun run, Guid? chosen, CancellationToken cancellation)
    {
        if (stage.NotConfiguredAction is not NotConfiguredAction.Configure)
            return await WithoutAsync(stage, run, cancellation);
        if (chosen is not { } pk || !stage.ConfigurationStages.Contains(pk) || (await pictures.GetAsync(cancellation)).Stage(pk) is null)
            return await OfferAsync(stage, run, FieldErrors.Of("selected_stage", "Selected stage is invalid"), cancellation);
        run.Plan.Insert(pk);
        return StageOutcome.Done;
    }

    async ValueTask<StageOutcome.Challenge> OfferAsync(ValidateStage stage, StageRun run, FieldErrors errors, CancellationToken cancellation)
    {
        var picture = await pictures.GetAsync(cancellation);
        return Challenge([], new JsonArray([.. stage.ConfigurationStages.Select(picture.Stage).OfType<Stage>().Select(s => (JsonNode)validated.Offer(s))]), errors);
    }

    async ValueTask<IReadOnlyList<Device>> AllowedAsync(ValidateStage stage, User user, CancellationToken cancellation) =>
        DeviceChallenges.Allowed(stage, await devices.ConfirmedAsync(user.Pk, cancellation));

    static Device? Chosen(IReadOnlyList<Device> allowed, ValidateAnswer given) => allowed.FirstOrDefault(d =>
        string.Equals(WireEnum<DeviceClass>.Name(UserDevices.ClassOf(d)), given.ChosenClass, StringComparison.Ordinal)
        && string.Equals(d.Pk.ToString(System.Globalization.CultureInfo.InvariantCulture), given.ChosenDevice, StringComparison.Ordinal));

    static StageOutcome.Challenge Ask(ValidateStage stage, StageRun run, IReadOnlyList<Device> allowed, FieldErrors errors) =>
        Challenge(DeviceChallenges.Of(stage, RelyingParty.Of(run.Http), allowed, NewChallenge(run)), [], errors);

    static StageOutcome.Challenge AskAnybody(ValidateStage stage, StageRun run, FieldErrors errors) =>
        Challenge(DeviceChallenges.ForAnybody(stage, RelyingParty.Of(run.Http), NewChallenge(run)), [], errors);

    static string NewChallenge(StageRun run)
    {
        var challenge = CeremonyOptions.NewChallenge();
        run.Context[ChallengeKey] = challenge;
        return challenge;
    }

    static StageOutcome.Challenge Challenge(JsonArray challenges, JsonArray stages, FieldErrors errors) =>
        new("ak-stage-authenticator-validate", new JsonObject { ["device_challenges"] = challenges, ["configuration_stages"] = stages }) { WithUser = true, Errors = errors };
}
