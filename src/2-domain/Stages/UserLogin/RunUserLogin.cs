using System.Text.Json.Nodes;
using Postern.Api.Http;
using Postern.Directory.Sessions;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Kernel.Values;
using Postern.Policies.Reputation;

namespace Postern.Stages.UserLogin;

/// <summary>Signs the pending user in, after asking whether to be remembered where the stage does so.</summary>
sealed class RunUserLogin(SignIn signIn, KnownDevices devices, RecordReputation reputation) : IStage<UserLoginStage>
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
        // The event of the sign-in says so; whoever is not known is told by mail.
        args["known_device"] = await devices.IsKnownAsync(run.Http, user, cancellation);
        var details = new SignInDetails(run.Context.Text("auth_method") ?? "password", args)
        {
            NetworkBinding = stage.NetworkBinding,
            PlaceBinding = stage.GeoIpBinding,
            Longest = Duration.Parse(stage.LongestSession),
            MostSessions = stage.MostSessions,
            Duration = Duration.Parse(stage.SessionDuration) + (remember ? Duration.Parse(stage.RememberMeOffset) : TimeSpan.Zero),
            EndOtherSessions = stage.TerminateOtherSessions,
        };
        var signedIn = await signIn.ExecuteAsync(run.Http, user, details, cancellation);
        if (signedIn.Fault is { } fault)
            return StageOutcome.Deny(fault.Message);
        await devices.RememberAsync(run.Http, user, Duration.Parse(stage.RememberDevice), cancellation);
        if (run.Http.Caller().ClientIp is { } ip)
            await reputation.ExecuteAsync(user.Username, ip, +1, cancellation);
        run.SignedIn = user;
        return StageOutcome.Done;
    }

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
