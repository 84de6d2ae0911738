namespace Postern.Policies.UniquePassword;

/// <summary>Refuses passwords that the user had before.</summary>
public sealed class UniquePasswordPolicy : Policy
{
    /// <summary>Key of the prompt that holds the new password.</summary>
    public string PasswordField { get; set; } = "password";

    public int NumHistoricalPasswords { get; set; } = 1;
}
