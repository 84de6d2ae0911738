using System.Text.Json.Nodes;
using Postern.Directory.Sessions;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Storage.Kinds;

namespace Postern.Stages.UserLogout;

/// <summary>Ends the browser's session.</summary>
public sealed class UserLogoutStage : Stage
{
    public static readonly ModelKind<UserLogoutStage> Kind = StageKind.Declare<UserLogoutStage>(
        "authentik_stages_user_logout.userlogoutstage", "user_logout", "ak-stage-user-logout-form", "User Logout Stage", static k =>
            k.Describe("Signs the person out."));
}

/// <summary>Signs out; the run goes on as nobody, first to those that must be told.</summary>
sealed class RunUserLogout(SignOut signOut, IEnumerable<IFarewell> farewells) : IStage<UserLogoutStage>
{
    public async ValueTask<StageOutcome> StartAsync(UserLogoutStage stage, StageRun run, CancellationToken cancellation)
    {
        foreach (var farewell in farewells)
        {
            if (await farewell.PrepareAsync(run, cancellation) is { } next)
                run.Plan.Insert(next);
        }
        await signOut.ExecuteAsync(run.Http, context: null, cancellation);
        run.SignedIn = null;
        return StageOutcome.Done;
    }

    public ValueTask<StageOutcome> AnswerAsync(UserLogoutStage stage, StageRun run, JsonObject answer, CancellationToken cancellation) => StartAsync(stage, run, cancellation);
}
