using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Postern.Kernel.Settings;

namespace Postern.Hosting;

/// <summary>The certificate this server shows: from the files of the settings, else one of its own making. Files that change are read again within seconds; while they cannot be read, the one before stays.</summary>
public sealed partial class ServerCertificate(HostSettings settings, TimeProvider clock, ILogger<ServerCertificate> log)
{
    static readonly TimeSpan Glance = TimeSpan.FromSeconds(5);

    readonly Lock guard = new();
    readonly string certificateFile = settings.Tls?.Certificate ?? Path.Combine(Path.GetFullPath(settings.DataRoot), "tls", "certificate.pem");
    readonly string keyFile = settings.Tls?.Key ?? Path.Combine(Path.GetFullPath(settings.DataRoot), "tls", "key.pem");

    SslStreamCertificateContext? current;
    (string Certificate, string Key) text;
    DateTimeOffset looked;

    /// <exception cref="StartRefused">There is none, and the files give none.</exception>
    public SslStreamCertificateContext Current()
    {
        lock (guard)
        {
            var now = clock.GetUtcNow();
            if (current is not null && now - looked < Glance)
                return current;
            looked = now;
            try
            {
                if (settings.Tls is null)
                    OwnCertificate.Ensure(certificateFile, keyFile, settings, now);
                (string Certificate, string Key) found = (File.ReadAllText(certificateFile), File.ReadAllText(keyFile));
                if (current is null || found != text)
                    (current, text) = (Read(found.Certificate, found.Key), found);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
            {
                if (current is null)
                    throw new StartRefused($"The certificate {certificateFile} with the key {keyFile} cannot be used: {e.Message}", e);
                Unusable(e, certificateFile, keyFile);
            }
            return current;
        }
    }

    static SslStreamCertificateContext Read(string certificate, string key)
    {
        using var single = X509Certificate2.CreateFromPem(certificate, key);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificate);
        // Handed to the system's TLS as a whole; a key that lives in memory alone is not taken everywhere.
        var whole = X509CertificateLoader.LoadPkcs12(single.Export(X509ContentType.Pkcs12), password: null);
        return SslStreamCertificateContext.Create(whole, chain, offline: true);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The certificate {Certificate} with the key {Key} cannot be used; the one before stays")]
    partial void Unusable(Exception error, string certificate, string key);
}
