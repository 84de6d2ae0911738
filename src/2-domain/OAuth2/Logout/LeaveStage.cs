using System.Text.Json.Nodes;
using Postern.Applications;
using Postern.Brands;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.Storage.Kinds;
using Postern.Storage.Snapshots;

namespace Postern.OAuth2.Logout;

/// <summary>The last stage of a sign-out: back to the application, or a choice of where to go.</summary>
sealed class LeaveStage : Stage
{
    /// <summary>Registered address to go to; empty for none.</summary>
    public string To { get; set; } = "";

    public Guid ApplicationPk { get; set; }

    public static readonly ModelKind<LeaveStage> Kind = StageKind.DeclareInternal<LeaveStage>("authentik_providers_oauth2.leavestage", static k =>
    {
        k.Text("to", s => s.To);
        k.Uuid("application", s => s.ApplicationPk);
    });
}

/// <summary>Leads back, or shows what is still signed in.</summary>
sealed class RunLeave(Snapshot<ApplicationPicture> applications, Snapshot<BrandPicture> brands) : IStage<LeaveStage>
{
    public async ValueTask<StageOutcome> StartAsync(LeaveStage stage, StageRun run, CancellationToken cancellation)
    {
        if (stage.To.Length > 0)
            return new StageOutcome.Redirect(stage.To);
        // Signed out of everything: there is no choice left.
        if (run.SignedIn is null)
            return StageOutcome.Done;
        var picture = await applications.GetAsync(cancellation);
        var application = picture.Find(stage.ApplicationPk);
        var brand = (await brands.GetAsync(cancellation)).For(run.Http.Request.Host.Host);
        var members = new JsonObject
        {
            ["application_name"] = application?.Name,
            ["application_launch_url"] = application is null ? null : $"/application/launch/{application.Slug}/",
            ["invalidation_flow_url"] = "/flows/-/default/invalidation/",
            ["overview_url"] = "/if/user/",
            ["brand_name"] = brand.BrandingTitle,
        };
        return new StageOutcome.Challenge("ak-stage-session-end", members) { WithUser = true };
    }

    public ValueTask<StageOutcome> AnswerAsync(LeaveStage stage, StageRun run, JsonObject answer, CancellationToken cancellation) => StartAsync(stage, run, cancellation);
}
