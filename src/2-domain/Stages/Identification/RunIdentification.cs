using System.Text.Json.Nodes;
using Postern.Authenticators.Validate;
using Postern.Directory.Users;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Kernel;
using Postern.Kernel.Values;
using Postern.Stages.Captcha;
using Postern.Stages.Credentials;
using Postern.Storage.Snapshots;

namespace Postern.Stages.Identification;

/// <summary>Asks who somebody is and, where the stage says so, for the password along with it.</summary>
sealed class RunIdentification(FindUser find, Authenticate authenticate, FailedLogin failed, AskCaptcha captcha, PasskeySignIn passkeys, IEnumerable<IOtherWays> ways, Snapshot<FlowPicture> pictures) : IStage<IdentificationStage>
{
    const string Refused = "Failed to authenticate.";
    const string IdentifierKey = "pending_user_identifier";

    public async ValueTask<StageOutcome> StartAsync(IdentificationStage stage, StageRun run, CancellationToken cancellation) =>
        await AskAsync(stage, run, new FieldErrors(), cancellation);

    public async ValueTask<StageOutcome> AnswerAsync(IdentificationStage stage, StageRun run, JsonObject answer, CancellationToken cancellation)
    {
        if (answer["passkey"] is { } passkey && !(passkey is JsonValue blank && blank.TryGetValue<string>(out var empty) && empty.Length == 0))
            return await PasskeyAsync(stage, run, passkey, cancellation);
        var identifier = Text(answer["uid_field"]).Trim();
        if (identifier.Length == 0)
            return await AskAsync(stage, run, FieldErrors.Of(FieldErrors.NonField, "No identification data provided."), cancellation);
        if (identifier.Length > 254)
            return await AskAsync(stage, run, FieldErrors.Of("uid_field", "Ensure this field has no more than 254 characters."), cancellation);
        var user = await find.ExecuteAsync(identifier, stage, cancellation);
        var picture = await pictures.GetAsync(cancellation);
        if (Captcha(stage, picture) is { } test && (await captcha.ExecuteAsync(test, run, CaptchaKeys.Token(answer, "captcha_token"), cancellation)).Fault is not null)
            return await AskAsync(stage, run, FieldErrors.Of(FieldErrors.NonField, Refused), cancellation);
        var password = stage.PasswordStage is { } pk ? picture.Stage(pk) as Password.PasswordStage : null;
        if (password is not null && await PasswordRefusalAsync(user, Text(answer["password"]), password, run, identifier, cancellation) is { } refusal)
            return await AskAsync(stage, run, FieldErrors.Of(FieldErrors.NonField, refusal), cancellation);
        if (user is null && (password is not null || !stage.PretendUserExists))
        {
            await failed.RecordAsync(run, identifier, stage, cancellation);
            return await AskAsync(stage, run, FieldErrors.Of(FieldErrors.NonField, Refused), cancellation);
        }
        run.Context.PendingUser = user ?? new User { Username = identifier, Email = identifier };
        if (!stage.ShowMatchedUser)
            run.Context[IdentifierKey] = identifier;
        return StageOutcome.Done;
    }

    async ValueTask<StageOutcome> PasskeyAsync(IdentificationStage stage, StageRun run, JsonNode passkey, CancellationToken cancellation)
    {
        var rules = stage.WebauthnStage is { } pk ? (await pictures.GetAsync(cancellation)).Stage(pk) : null;
        return (await passkeys.AnswerAsync(rules, run, passkey, cancellation)).Fault is null
            ? StageOutcome.Done
            : await AskAsync(stage, run, FieldErrors.Of(FieldErrors.NonField, Refused), cancellation);
    }

    static CaptchaStage? Captcha(IdentificationStage stage, FlowPicture picture) => stage.CaptchaStage is { } pk ? picture.Stage(pk) as CaptchaStage : null;

    static JsonObject CaptchaChallenge(CaptchaStage test, StageRun run)
    {
        var members = CaptchaKeys.Members(test, run);
        (members["component"], members["pending_user"], members["pending_user_avatar"]) = ("ak-stage-captcha", "", "");
        return members;
    }

    async ValueTask<string?> PasswordRefusalAsync(User? user, string password, Password.PasswordStage stage, StageRun run, string identifier, CancellationToken cancellation)
    {
        var outcome = await authenticate.ExecuteAsync(run.Http, user, identifier, password, stage.Backends, cancellation);
        if (outcome.Fault is { } fault)
            return fault.Message;
        if (outcome.Value is not { } proof)
        {
            await failed.RecordAsync(run, identifier, stage, cancellation);
            return Refused;
        }
        user!.Backend = proof.Backend;
        run.Context["user_backend"] = proof.Backend;
        run.Context["auth_method"] = proof.Method;
        return null;
    }

    async ValueTask<StageOutcome.Challenge> AskAsync(IdentificationStage stage, StageRun run, FieldErrors errors, CancellationToken cancellation)
    {
        var picture = await pictures.GetAsync(cancellation);
        var password = stage.PasswordStage is { } pk ? picture.Stage(pk) as Password.PasswordStage : null;
        var members = new JsonObject
        {
            ["user_fields"] = new JsonArray([.. stage.UserFields.Select(f => (JsonNode)f)]),
            ["pending_user_identifier"] = run.Context.Text(IdentifierKey),
            ["password_fields"] = password is not null,
            ["allow_show_password"] = password?.AllowShowPassword ?? false,
            ["flow_designation"] = WireEnum<FlowDesignation>.Name(run.Flow.Designation),
            ["captcha_stage"] = Captcha(stage, picture) is { } test ? CaptchaChallenge(test, run) : null,
            ["primary_action"] = run.Flow.Designation is FlowDesignation.Authentication ? "Log in" : "Continue",
            ["sources"] = await SourcesAsync(stage, run, cancellation),
            ["show_source_labels"] = stage.ShowSourceLabels,
            ["enable_remember_me"] = stage.EnableRememberMe,
            ["passkey_challenge"] = stage.WebauthnStage is { } rules ? PasskeySignIn.Offer(picture.Stage(rules), run) : null,
        };
        AddLink(members, "enroll_url", stage.EnrollmentFlow, picture, run);
        AddLink(members, "recovery_url", stage.RecoveryFlow, picture, run);
        AddLink(members, "passwordless_url", stage.PasswordlessFlow, picture, run);
        return new("ak-stage-identification", members) { Errors = errors };
    }

    async ValueTask<JsonArray> SourcesAsync(IdentificationStage stage, StageRun run, CancellationToken cancellation) =>
        stage.Sources.Count > 0 && ways.FirstOrDefault() is { } offered ? await offered.ExecuteAsync(stage.Sources, run, cancellation) : [];

    static void AddLink(JsonObject members, string name, Guid? pk, FlowPicture picture, StageRun run)
    {
        if (pk is { } key && picture.Find(key) is { } flow)
            members[name] = FlowLink.To(flow, run.Query);
    }

    static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
