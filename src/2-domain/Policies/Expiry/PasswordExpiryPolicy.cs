namespace Postern.Policies.Expiry;

/// <summary>Refuses passwords that are older than a number of days.</summary>
public sealed class PasswordExpiryPolicy : Policy
{
    public int Days { get; set; }

    /// <summary>Only refuse; otherwise the password is also made unusable.</summary>
    public bool DenyOnly { get; set; }
}
