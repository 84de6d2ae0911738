using Postern.Kernel.Access;
using Postern.Storage.Kinds;

namespace Postern.Policies.UniquePassword;

/// <summary>The declaration of password uniqueness policies.</summary>
public static class UniquePasswordPolicyKind
{
    public static readonly ModelKind<UniquePasswordPolicy> Kind = PolicyKind.Declare<UniquePasswordPolicy>("authentik_policies_unique_password.uniquepasswordpolicy", static k =>
    {
        k.Labels("Password Uniqueness Policy", "Password Uniqueness Policies").Path("policies/unique_password").Component("ak-policy-password-uniqueness-form");
        k.Describe("This policy prevents users from reusing passwords they had before.");
        k.RequiresLicence(LicensedFeature.PasswordHistory);
        k.Text("password_field", p => p.PasswordField).NotBlank().Help("Field key to check, field keys defined in Prompt stages are available.");
        k.Integer("num_historical_passwords", p => p.NumHistoricalPasswords, minimum: 0).Help("Number of passwords to check against.");
        k.Filters("password_field", "num_historical_passwords");
    });
}
