using System.Text.Json.Nodes;
using Postern.Directory.Sessions;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Kernel.Values;

namespace Postern.Stages.UserLogin;

/// <summary>Signs the pending user in, after asking whether to be remembered where the stage does so.</summary>
sealed class RunUserLogin(SignIn signIn, KnownDevice devices) : IStage<UserLoginStage>
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
        var args = Args(run);
        args["known_device"] = await devices.IsKnownAsync(run.Http, stage, user, cancellation);
        var details = new SignInDetails(run.Context.Text("auth_method") ?? "password", args)
        {
            Bound = Bound(stage),
            Duration = Duration.Parse(stage.SessionDuration) + (remember ? Duration.Parse(stage.RememberMeOffset) : TimeSpan.Zero),
            EndOtherSessions = stage.TerminateOtherSessions,
        };
        var signedIn = await signIn.ExecuteAsync(run.Http, user, details, cancellation);
        if (signedIn.Fault is { } fault)
            return StageOutcome.Deny(fault.Message);
        devices.Remember(run.Http, stage, user, Duration.Parse(stage.RememberDevice));
        run.SignedIn = user;
        return StageOutcome.Done;
    }

    static SessionBound Bound(UserLoginStage stage) =>
        stage.NetworkBinding is NetworkBinding.BindAsnNetworkIp ? SessionBound.Address
        : stage.NetworkBinding is not NetworkBinding.NoBinding ? SessionBound.Network
        : stage.GeoIpBinding is not GeoIpBinding.NoBinding ? SessionBound.Place
        : SessionBound.Nothing;

    /// <summary>What the plan says of how the person proved themselves, as the event and the session keep it.</summary>
    static JsonObject Args(StageRun run) =>
        run.Context.TryGetValue("auth_method_args", out var args) && Plain(args) is JsonObject json ? json : [];

    static JsonNode? Plain(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        IEnumerable<KeyValuePair<string, object?>> map => new JsonObject(map.Select(p => KeyValuePair.Create(p.Key, Plain(p.Value)))),
        IEnumerable<object?> list => new JsonArray([.. list.Select(Plain)]),
        _ => JsonValue.Create(value.ToString()),
    };
}
