using System.Text.Json.Nodes;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Kernel;
using Postern.Stages.Credentials;

namespace Postern.Stages.Password;

/// <summary>Asks for the password of the pending user until it fits or the attempts are used up.</summary>
sealed class RunPassword(Authenticate authenticate, FailedLogin failed, DefaultFlows defaults) : IStage<PasswordStage>
{
    const string Wrong = "Invalid password";
    const string AttemptsKey = "goauthentik.io/stages/password/attempts";

    public async ValueTask<StageOutcome> StartAsync(PasswordStage stage, StageRun run, CancellationToken cancellation) =>
        await AskAsync(stage, run, new FieldErrors(), cancellation);

    public async ValueTask<StageOutcome> AnswerAsync(PasswordStage stage, StageRun run, JsonObject answer, CancellationToken cancellation)
    {
        if (answer["password"] is not JsonValue value || !value.TryGetValue<string>(out var password) || password.Length == 0)
            return await AskAsync(stage, run, FieldErrors.Of("password", answer.ContainsKey("password") ? "This field may not be blank." : "This field is required."), cancellation);
        var user = run.Context.PendingUser;
        if (!(await authenticate.ExecuteAsync(run.Http, user, user?.Username ?? "", password, stage.Backends, cancellation)).Succeeded(out var proof, out var fault) && fault is not null)
            return await AskAsync(stage, run, FieldErrors.Of("password", fault.Message), cancellation);
        if (proof is null)
            return await RefuseAsync(stage, run, cancellation);
        user!.Backend = proof.Backend;
        run.Context["user_backend"] = proof.Backend;
        run.Context["auth_method"] = proof.Method;
        run.Context.Remove(AttemptsKey);
        return StageOutcome.Done;
    }

    async ValueTask<StageOutcome> RefuseAsync(PasswordStage stage, StageRun run, CancellationToken cancellation)
    {
        await failed.RecordAsync(run, run.PendingUser?.Username ?? "", stage, cancellation);
        var attempts = run.Context.TryGetValue(AttemptsKey, out var count) && count is long before ? before + 1 : 1;
        run.Context[AttemptsKey] = attempts;
        return attempts >= stage.FailedAttemptsBeforeCancel ? StageOutcome.Deny(Wrong) : await AskAsync(stage, run, FieldErrors.Of("password", Wrong), cancellation);
    }

    async ValueTask<StageOutcome.Challenge> AskAsync(PasswordStage stage, StageRun run, FieldErrors errors, CancellationToken cancellation)
    {
        var members = new JsonObject { ["allow_show_password"] = stage.AllowShowPassword };
        if (await defaults.RecoveryAsync(run, cancellation) is { } recovery)
            members["recovery_url"] = recovery;
        return new("ak-stage-password", members) { WithUser = true, Errors = errors };
    }
}
