using Postern.Flows;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;

namespace Postern.Stages.Lockdown;

/// <summary>Shuts an account at once, for the day somebody else got into it.</summary>
public sealed class LockdownStage : Stage
{
    public bool DeactivateUser { get; set; } = true;

    public bool SetUnusablePassword { get; set; } = true;

    public bool DeleteSessions { get; set; } = true;

    public bool RevokeTokens { get; set; } = true;

    /// <summary>Where people go who locked their own account, since their session is gone.</summary>
    public Guid? SelfServiceCompletionFlow { get; set; }

    public static readonly ModelKind<LockdownStage> Kind = StageKind.Declare<LockdownStage>(
        "authentik_stages_account_lockdown.accountlockdownstage", "account_lockdown", "ak-stage-account-lockdown-form", "Account Lockdown Stage", static k =>
        {
            k.Describe("Shuts an account at once: no password, no sessions, no tokens.");
            k.RequiresLicence(LicensedFeature.AccountLockdown);
            k.Boolean("deactivate_user", s => s.DeactivateUser);
            k.Boolean("set_unusable_password", s => s.SetUnusablePassword);
            k.Boolean("delete_sessions", s => s.DeleteSessions);
            k.Boolean("revoke_tokens", s => s.RevokeTokens);
            k.Reference("self_service_completion_flow", s => s.SelfServiceCompletionFlow, "authentik_flows.flow").Help("Shown to people who locked their own account.");
        });
}
