namespace Postern.Kernel.Access;

/// <summary>What the reference keeps for whoever has a licence, as far as it exists here. An installation decides which of these it keeps likewise.</summary>
public enum LicensedFeature
{
    AccountLockdown,
    DataExports,
    PasswordHistory,
}
