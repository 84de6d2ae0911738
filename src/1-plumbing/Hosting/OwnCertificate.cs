using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Postern.Kernel.Settings;

namespace Postern.Hosting;

/// <summary>A certificate that vouches for itself, kept in the data folder: TLS for those who have none yet.</summary>
static class OwnCertificate
{
    static readonly TimeSpan Life = TimeSpan.FromDays(397);
    static readonly TimeSpan Renewal = TimeSpan.FromDays(30);

    /// <summary>Makes it where there is none, or where it ends soon.</summary>
    public static void Ensure(string certificateFile, string keyFile, HostSettings settings, DateTimeOffset now)
    {
        if (File.Exists(certificateFile) && File.Exists(keyFile))
        {
            using var kept = X509Certificate2.CreateFromPem(File.ReadAllText(certificateFile));
            if (kept.NotAfter.ToUniversalTime() > (now + Renewal).UtcDateTime)
                return;
        }
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(certificateFile)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Request(key, settings.BaseUrl?.Host ?? Dns.GetHostName()).CreateSelfSigned(now.AddHours(-1), now + Life);
        Write(keyFile, key.ExportPkcs8PrivateKeyPem());
        Write(certificateFile, certificate.ExportCertificatePem());
    }

    static CertificateRequest Request(ECDsa key, string host)
    {
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in new[] { host, "localhost" }.Distinct(StringComparer.OrdinalIgnoreCase).Where(n => !IPAddress.TryParse(n, out _)))
            names.AddDnsName(name);
        foreach (var address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback, IPAddress.TryParse(host, out var own) ? own : null }.OfType<IPAddress>().Distinct())
            names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        return request;
    }

    static void Write(string file, string text)
    {
        var draft = $"{file}.new";
        File.Delete(draft);
        using (var stream = new FileStream(draft, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
        using (var writer = new StreamWriter(stream))
            writer.Write(text);
        File.Move(draft, file, overwrite: true);
    }
}
