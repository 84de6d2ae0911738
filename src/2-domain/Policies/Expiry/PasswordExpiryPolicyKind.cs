using Postern.Storage.Kinds;

namespace Postern.Policies.Expiry;

/// <summary>The declaration of password expiry policies.</summary>
public static class PasswordExpiryPolicyKind
{
    public static readonly ModelKind<PasswordExpiryPolicy> Kind = PolicyKind.Declare<PasswordExpiryPolicy>("authentik_policies_expiry.passwordexpirypolicy", static k =>
    {
        k.Labels("Password Expiry Policy", "Password Expiry Policies").Path("policies/password_expiry").Component("ak-policy-password-expiry-form");
        k.Describe("If password change date is more than x days in the past, invalidate the user's password and show a notice.");
        k.Integer("days", p => p.Days).Required();
        k.Boolean("deny_only", p => p.DenyOnly);
        k.Filters("days", "deny_only");
    });
}
