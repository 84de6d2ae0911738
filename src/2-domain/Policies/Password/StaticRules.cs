namespace Postern.Policies.Password;

/// <summary>Length and numbers of kinds of characters.</summary>
static class StaticRules
{
    const string Fallback = "Invalid password.";

    /// <summary>The message for a password that breaks a rule; null when it keeps them all.</summary>
    public static string? Refusal(PasswordPolicy policy, string password) => Keeps(policy, password) ? null
        : policy.ErrorMessage.Length > 0 ? policy.ErrorMessage : Fallback;

    static bool Keeps(PasswordPolicy policy, string password) =>
        password.Length >= policy.LengthMin
        && password.Count(char.IsAsciiDigit) >= policy.AmountDigits
        && password.Count(char.IsAsciiLetterLower) >= policy.AmountLowercase
        && password.Count(char.IsAsciiLetterUpper) >= policy.AmountUppercase
        && password.Count(c => policy.SymbolCharset.Contains(c, StringComparison.Ordinal)) >= policy.AmountSymbols;
}
