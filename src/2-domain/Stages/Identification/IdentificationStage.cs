using System.Text.Json.Serialization;
using Postern.Flows;
using Postern.Kernel;
using Postern.Storage.Kinds;

namespace Postern.Stages.Identification;

/// <summary>Asks who somebody is: by username, e-mail or an external source.</summary>
public sealed class IdentificationStage : Stage
{
    public List<string> UserFields { get; set; } = [];

    /// <summary>Ask for the password on the same page, checked as this stage says.</summary>
    public Guid? PasswordStage { get; set; }

    public Guid? CaptchaStage { get; set; }

    public bool CaseInsensitiveMatching { get; set; } = true;

    public bool ShowMatchedUser { get; set; } = true;

    public Guid? EnrollmentFlow { get; set; }

    public Guid? RecoveryFlow { get; set; }

    public Guid? PasswordlessFlow { get; set; }

    public List<Guid> Sources { get; set; } = [];

    public bool ShowSourceLabels { get; set; }

    /// <summary>Go on as if an unknown user existed, so that nobody learns who does.</summary>
    public bool PretendUserExists { get; set; } = true;

    public bool EnableRememberMe { get; set; }

    public Guid? WebauthnStage { get; set; }

    public static readonly ModelKind<IdentificationStage> Kind = StageKind.Declare<IdentificationStage>(
        "authentik_stages_identification.identificationstage", "identification", "ak-stage-identification-form", "Identification Stage", static k =>
        {
            k.Describe("Asks for username or e-mail address.");
            k.ChoiceList<UserField>("user_fields", s => s.UserFields).Help("Fields of the user to match against.");
            k.Reference("password_stage", s => s.PasswordStage, "authentik_flows.stage").Help("Shows the password field on the same page.");
            k.Reference("captcha_stage", s => s.CaptchaStage, "authentik_flows.stage");
            k.Boolean("case_insensitive_matching", s => s.CaseInsensitiveMatching);
            k.Boolean("show_matched_user", s => s.ShowMatchedUser);
            k.Reference("enrollment_flow", s => s.EnrollmentFlow, "authentik_flows.flow").Help("Linked on the page for people without an account.");
            k.Reference("recovery_flow", s => s.RecoveryFlow, "authentik_flows.flow").Help("Linked on the page for people who lost their password.");
            k.Reference("passwordless_flow", s => s.PasswordlessFlow, "authentik_flows.flow");
            k.References("sources", s => s.Sources, "authentik_core.source");
            k.Boolean("show_source_labels", s => s.ShowSourceLabels);
            k.Boolean("pretend_user_exists", s => s.PretendUserExists);
            k.Boolean("enable_remember_me", s => s.EnableRememberMe);
            k.Reference("webauthn_stage", s => s.WebauthnStage, "authentik_flows.stage");
            k.Validate(static (stage, context) =>
            {
                if (stage.UserFields.Count == 0 && stage.Sources.Count == 0 && (context.Given.Contains("user_fields") || context.Given.Contains("sources")))
                    context.Errors.Add(FieldErrors.NonField, "When no user fields are selected, at least one source must be selected");
            });
        });
}

/// <summary>What somebody may identify themselves by.</summary>
public enum UserField
{
    Email,
    Username,

    [JsonStringEnumMemberName("upn")]
    Upn,
}
