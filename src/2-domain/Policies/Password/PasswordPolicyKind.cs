using Postern.Storage.Kinds;

namespace Postern.Policies.Password;

/// <summary>The declaration of password policies.</summary>
public static class PasswordPolicyKind
{
    public static readonly ModelKind<PasswordPolicy> Kind = PolicyKind.Declare<PasswordPolicy>("authentik_policies_password.passwordpolicy", static k =>
    {
        k.Labels("Password Policy", "Password Policies").Path("policies/password").Component("ak-policy-password-form");
        k.Describe("Policy to make sure passwords have certain properties.");
        k.Text("password_field", p => p.PasswordField).NotBlank().Help("Field key to check, field keys defined in Prompt stages are available.");
        k.Integer("amount_digits", p => p.AmountDigits, minimum: 0);
        k.Integer("amount_uppercase", p => p.AmountUppercase, minimum: 0);
        k.Integer("amount_lowercase", p => p.AmountLowercase, minimum: 0);
        k.Integer("amount_symbols", p => p.AmountSymbols, minimum: 0);
        k.Integer("length_min", p => p.LengthMin, minimum: 0);
        k.LongText("symbol_charset", p => p.SymbolCharset).NotBlank();
        k.Text("error_message", p => p.ErrorMessage);
        k.Boolean("check_static_rules", p => p.CheckStaticRules);
        k.Boolean("check_have_i_been_pwned", p => p.CheckHaveIBeenPwned);
        k.Boolean("check_zxcvbn", p => p.CheckZxcvbn);
        k.Integer("hibp_allowed_count", p => p.HibpAllowedCount, minimum: 0).Help("How many times the password hash is allowed to be on haveibeenpwned");
        k.Integer("zxcvbn_score_threshold", p => p.ZxcvbnScoreThreshold, minimum: 0)
            .Help("If the zxcvbn score is equal or less than this value, the policy will fail.");
        k.Filters(
            "password_field", "amount_digits", "amount_uppercase", "amount_lowercase", "amount_symbols", "length_min", "symbol_charset", "error_message",
            "check_static_rules", "check_have_i_been_pwned", "check_zxcvbn", "hibp_allowed_count", "zxcvbn_score_threshold");
    });
}
