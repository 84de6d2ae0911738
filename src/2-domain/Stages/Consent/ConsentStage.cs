using Postern.Flows;
using Postern.Storage.Kinds;

namespace Postern.Stages.Consent;

/// <summary>Asks a person whether an application may learn about them.</summary>
public sealed class ConsentStage : Stage
{
    public ConsentMode Mode { get; set; } = ConsentMode.Expiring;

    public string ConsentExpireIn { get; set; } = "weeks=4";

    public static readonly ModelKind<ConsentStage> Kind = StageKind.Declare<ConsentStage>(
        "authentik_stages_consent.consentstage", "consent", "ak-stage-consent-form", "Consent Stage", static k =>
        {
            k.Describe("Asks for consent to share information with an application.");
            k.Choice("mode", s => s.Mode);
            k.Duration("consent_expire_in", s => s.ConsentExpireIn).Label("Consent expires in");
        });
}

/// <summary>How long a consent lasts.</summary>
public enum ConsentMode
{
    AlwaysRequire,
    Permanent,
    Expiring,
}
