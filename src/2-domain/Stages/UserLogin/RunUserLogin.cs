using System.Text.Json.Nodes;
using Postern.Directory.Sessions;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Kernel.Values;

namespace Postern.Stages.UserLogin;

/// <summary>Signs the pending user in, after asking whether to be remembered where the stage does so.</summary>
sealed class RunUserLogin(SignIn signIn) : IStage<UserLoginStage>
{
    const string NoUser = "No Pending user to login.";

    public async ValueTask<StageOutcome> StartAsync(UserLoginStage stage, StageRun run, CancellationToken cancellation) =>
        Duration.Parse(stage.RememberMeOffset) > TimeSpan.Zero
            ? new StageOutcome.Challenge("ak-stage-user-login", []) { WithUser = true }
            : await LoginAsync(stage, run, remember: false, cancellation);

    public ValueTask<StageOutcome> AnswerAsync(UserLoginStage stage, StageRun run, JsonObject answer, CancellationToken cancellation)
    {
        var remember = answer["remember_me"] is JsonValue value
            && ((value.TryGetValue<bool>(out var flag) && flag) || (value.TryGetValue<string>(out var text) && text is "true" or "on" or "1"));
        return LoginAsync(stage, run, remember, cancellation);
    }

    async ValueTask<StageOutcome> LoginAsync(UserLoginStage stage, StageRun run, bool remember, CancellationToken cancellation)
    {
        if (run.Context.PendingUser is not { Pk: > 0 } user)
        {
            run.Say(MessageLevel.Error, NoUser);
            return StageOutcome.Deny(null);
        }
        if (!user.IsActive)
            return StageOutcome.Deny(null);
        var details = new SignInDetails(run.Context.Text("auth_method") ?? "password", Args(run))
        {
            Duration = Duration.Parse(stage.SessionDuration) + (remember ? Duration.Parse(stage.RememberMeOffset) : TimeSpan.Zero),
            EndOtherSessions = stage.TerminateOtherSessions,
        };
        var signedIn = await signIn.ExecuteAsync(run.Http, user, details, cancellation);
        if (signedIn.Fault is { } fault)
            return StageOutcome.Deny(fault.Message);
        run.SignedIn = user;
        return StageOutcome.Done;
    }

    static JsonObject Args(StageRun run) =>
        run.Context.TryGetValue("auth_method_args", out var args) && args is IDictionary<string, object?> map
            ? new JsonObject(map.Where(p => p.Value is string or bool or int or long).Select(p => KeyValuePair.Create(p.Key, (JsonNode?)JsonValue.Create(p.Value!.ToString()))))
            : [];
}
