using Microsoft.EntityFrameworkCore;
using Postern.Portal.Signing;
using Postern.Storage;

namespace Postern.Portal.Licenses;

/// <summary>Makes the next key of a license; the one before it is superseded, or revoked where it must not be used any more. Adds to the context; the caller saves.</summary>
sealed class IssueKey(PosternDb db, SignLicense sign, TimeProvider clock)
{
    public async Task<LicenseKey> ExecuteAsync(License license, string reason, bool revokeBefore, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var before = await db.Set<LicenseKey>().Where(k => k.LicenseId == license.Id).OrderByDescending(k => k.Revision).ToListAsync(cancellation);
        foreach (var key in before.Where(k => k.SupersededAt is null))
            (key.SupersededAt, key.RevokedAt) = (now, revokeBefore ? now : key.RevokedAt);
        var revision = before.Count == 0 ? 1 : before[0].Revision + 1;
        var issued = new LicenseKey
        {
            LicenseId = license.Id,
            Revision = revision,
            Key = await sign.ExecuteAsync(license, revision, cancellation),
            Reason = reason,
            IssuedAt = now,
            ExpiresAt = license.PaidThrough,
        };
        db.Add(issued);
        return issued;
    }
}
