namespace Postern.Policies.Password;

/// <summary>Refuses passwords that break simple rules, are known from leaks, or are easy to guess.</summary>
public sealed class PasswordPolicy : Policy
{
    /// <summary>Key of the prompt that holds the password.</summary>
    public string PasswordField { get; set; } = "password";

    public int AmountDigits { get; set; }

    public int AmountUppercase { get; set; }

    public int AmountLowercase { get; set; }

    public int AmountSymbols { get; set; }

    public int LengthMin { get; set; }

    public string SymbolCharset { get; set; } = "!\\\"#$%&'()*+,-./:;<=>?@[]^_`{|}~ ";

    public string ErrorMessage { get; set; } = "";

    public bool CheckStaticRules { get; set; } = true;

    public bool CheckHaveIBeenPwned { get; set; }

    public bool CheckZxcvbn { get; set; }

    /// <summary>How often a password may stand in leaks.</summary>
    public int HibpAllowedCount { get; set; }

    /// <summary>Scores up to this one are too weak.</summary>
    public int ZxcvbnScoreThreshold { get; set; } = 2;
}
