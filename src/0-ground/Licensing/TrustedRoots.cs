using System.Security.Cryptography.X509Certificates;

namespace Postern.Licensing;

/// <summary>The roots built into the product: those of its vendor and, outside of release builds only, the development authority's.</summary>
public static class TrustedRoots
{
    const string Folder = "roots/";
    const string Development = "development/authority.pem";

    /// <summary>Roots of the vendor, several while one follows the other. None: this build trusts no licence.</summary>
    public static X509Certificate2Collection All { get; } = Load();

    /// <summary>The authority that development builds trust; null in release builds.</summary>
    public static LicenseAuthority? DevelopmentAuthority() => Text(Development) is { } pem ? LicenseAuthority.Read(pem) : null;

    static X509Certificate2Collection Load()
    {
        var roots = new X509Certificate2Collection();
        foreach (var name in typeof(TrustedRoots).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)))
            roots.ImportFromPem(Text(name));
        using var development = DevelopmentAuthority();
        if (development is not null)
            roots.Add(X509CertificateLoader.LoadCertificate(development.Root.RawData));
        return roots;
    }

    static string? Text(string name)
    {
        if (typeof(TrustedRoots).Assembly.GetManifestResourceStream(name) is not { } stream)
            return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
