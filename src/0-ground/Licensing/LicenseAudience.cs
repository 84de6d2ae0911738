namespace Postern.Licensing;

/// <summary>The audience of a key names the one installation that it is for.</summary>
public static class LicenseAudience
{
    const string Prefix = "enterprise.postern.example/license/";

    public static string Of(Guid installId) => $"{Prefix}{installId:D}";
}
