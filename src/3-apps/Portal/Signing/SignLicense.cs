using Microsoft.EntityFrameworkCore;
using Postern.Licensing;
using Postern.Portal.Licenses;
using Postern.Storage;
using Postern.Storage.Opening;

namespace Postern.Portal.Signing;

/// <summary>Signs the key of a license revision with the sealed authority, and with nothing beyond what is paid for.</summary>
sealed class SignLicense(PosternDb db, SecretSeal seal, TimeProvider clock)
{
    public async Task<string> ExecuteAsync(License license, int revision, CancellationToken cancellation)
    {
        var authority = await db.Set<KeyAuthority>().OrderByDescending(a => a.CreatedAt).FirstAsync(cancellation);
        var pem = seal.Open(authority.Sealed, PrepareAuthority.Purpose) ?? throw new InvalidOperationException("The license authority was sealed under another secret key. Restore the portal's secret key.");
        using var opened = LicenseAuthority.Read(pem.Reveal);
        return opened.Signer.Sign(new LicenseDocument
        {
            Audience = LicenseAudience.Of(license.InstallId),
            IssuedAt = clock.GetUtcNow().ToUnixTimeSeconds(),
            ExpiresAt = license.PaidThrough.ToUnixTimeSeconds(),
            Id = license.Id,
            Revision = revision,
            Name = license.DisplayName,
            InternalUsers = license.InternalUsers,
            ExternalUsers = license.ExternalUsers,
        });
    }
}
