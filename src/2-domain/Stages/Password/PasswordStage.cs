using Postern.Flows;
using Postern.Stages.Credentials;
using Postern.Storage.Kinds;

namespace Postern.Stages.Password;

/// <summary>Asks for the pending user's password.</summary>
public sealed class PasswordStage : Stage
{
    public List<string> Backends { get; set; } = [];

    /// <summary>Flow in which people change their password.</summary>
    public Guid? ConfigureFlow { get; set; }

    public int FailedAttemptsBeforeCancel { get; set; } = 5;

    public bool AllowShowPassword { get; set; }

    public static readonly ModelKind<PasswordStage> Kind = StageKind.Declare<PasswordStage>(
        "authentik_stages_password.passwordstage", "password", "ak-stage-password-form", "Password Stage", static k =>
        {
            k.Describe("Asks for the password.");
            k.ChoiceList<PasswordBackend>("backends", s => s.Backends).Required().Help("What the password is checked against.");
            k.Reference("configure_flow", s => s.ConfigureFlow, "authentik_flows.flow").Help("Flow people change their password with.");
            k.Integer("failed_attempts_before_cancel", s => s.FailedAttemptsBeforeCancel).Help("How many wrong passwords end the flow.");
            k.Boolean("allow_show_password", s => s.AllowShowPassword).Help("Show a button that reveals the password.");
        });
}
