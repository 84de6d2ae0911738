using Postern.Flows;
using Postern.Storage.Kinds;

namespace Postern.Stages.Redirect;

/// <summary>Leads to another flow or to an address.</summary>
public sealed class RedirectStage : Stage
{
    public bool KeepContext { get; set; } = true;

    public RedirectMode Mode { get; set; } = RedirectMode.Static;

    public string TargetStatic { get; set; } = "";

    public Guid? TargetFlow { get; set; }

    public override string? Ending() => "Led elsewhere";

    public static readonly ModelKind<RedirectStage> Kind = StageKind.Declare<RedirectStage>(
        "authentik_stages_redirect.redirectstage", "redirect", "ak-stage-redirect-form", "Redirect Stage", static k =>
        {
            k.Describe("Sends people to an address or to another flow.");
            k.Boolean("keep_context", s => s.KeepContext);
            k.Choice("mode", s => s.Mode).Required();
            k.Text("target_static", s => s.TargetStatic);
            k.Reference("target_flow", s => s.TargetFlow, "authentik_flows.flow");
            k.Validate(static (stage, context) =>
            {
                if (stage.Mode is RedirectMode.Static && stage.TargetStatic.Length == 0)
                    context.Errors.Add("target_static", "Target URL should be present when mode is Static.");
                if (stage.Mode is RedirectMode.Flow && stage.TargetFlow is null)
                    context.Errors.Add("target_flow", "Target Flow should be present when mode is Flow.");
            });
        });
}

/// <summary>Where a redirect leads.</summary>
public enum RedirectMode
{
    Static,
    Flow,
}
