using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Postern.Kernel.Settings;
using Postern.Storage.Checks;

namespace Postern.Hosting;

/// <summary>The certificate that this server shows by itself.</summary>
public sealed class TlsCheck(HostSettings settings, TimeProvider clock) : ICheck
{
    static readonly TimeSpan soon = TimeSpan.FromDays(14);

    public string Name => "TLS";

    public bool NeedsSchema => false;

    public Task<IReadOnlyList<Finding>> ExecuteAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Finding>>([Look()]);

    Finding Look()
    {
        if (settings.ListenHttps.Count == 0)
            return Finding.Good("This server does no TLS of its own.");
        if (settings.Tls is not { Certificate: var file })
            return Finding.Warning("This server made its certificate itself, which browsers warn of.", "Set TLS__CERTIFICATE and TLS__KEY.");
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(file));
            var left = certificate.NotAfter.ToUniversalTime() - clock.GetUtcNow().UtcDateTime;
            var seen = string.Create(CultureInfo.InvariantCulture, $"The certificate {file} ends on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}.");
            return left <= TimeSpan.Zero ? Finding.Error(seen, "Renew it: browsers refuse it.") : left < soon ? Finding.Warning(seen, "Renew it. The server takes the new file by itself.") : Finding.Good(seen);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return Finding.Error($"The certificate {file} cannot be read: {e.Message}", "Set TLS__CERTIFICATE and TLS__KEY to PEM files that this user may read.");
        }
    }
}
