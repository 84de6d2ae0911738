namespace Postern.Authenticators.Devices;

/// <summary>What secrets of this slice are sealed or hashed for; the texts never change.</summary>
static class SealedFor
{
    public const string TotpSeed = "authenticators/totp/seed";
    public const string StaticCode = "authenticators/static/code";
    public const string SentCode = "authenticators/sent-code";
    public const string PhoneNumber = "authenticators/phone-number";
    public const string LastValidation = "authenticators/last-validation";
}
