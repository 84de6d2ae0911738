using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Postern.Api;
using Postern.Kernel.Values;
using Postern.Licensing;
using Postern.Portal.Hosting;
using Postern.Storage;
using Postern.Storage.Opening;

namespace Postern.Portal.Signing;

/// <summary>
/// Sees to it that keys can be signed: takes in the authority of the settings, once; without one, development builds use the development authority that
/// development builds of the product trust, and release builds make an authority of their own.
/// </summary>
sealed partial class PrepareAuthority(PosternDb db, SecretSeal seal, PortalSettings settings, TimeProvider clock, ILogger<PrepareAuthority> log) : IStartTask
{
    public const string Purpose = "portal.license-authority";

    public int Order => 10;

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var given = Given();
        var newest = await db.Set<KeyAuthority>().OrderByDescending(a => a.CreatedAt).FirstOrDefaultAsync(cancellation);
        if (newest is not null && (given is null || newest.RootPem == given.Root.ExportCertificatePem()))
            return;
        using var made = given is null ? TrustedRoots.DevelopmentAuthority() ?? LicenseAuthority.Create("Postern", clock.GetUtcNow()) : null;
        var authority = given ?? made!;
        db.Add(new KeyAuthority { RootPem = authority.Root.ExportCertificatePem(), Sealed = seal.Seal(new Secret(authority.Write()), Purpose), CreatedAt = clock.GetUtcNow() });
        await db.SaveChangesAsync(cancellation);
        Taken(authority.Root.Subject, authority.Root.Thumbprint);
    }

    LicenseAuthority? Given()
    {
        try
        {
            return settings.LicenseAuthority is { } pem ? LicenseAuthority.Read(pem.Reveal) : null;
        }
        catch (CryptographicException e)
        {
            throw new Postern.Hosting.StartRefused($"PORTAL_LICENSE__AUTHORITY holds no license authority: {e.Message} Make one with: postern license authority <file>.", e);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "License keys are signed under {Root} ({Thumbprint})")]
    partial void Taken(string root, string thumbprint);
}
