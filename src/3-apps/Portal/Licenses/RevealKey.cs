using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Portal.Access;
using Postern.Portal.Audit;
using Postern.Storage;

namespace Postern.Portal.Licenses;

/// <summary>Shows the key to install. Every look is written to the audit trail before the key is answered.</summary>
sealed class RevealKey(PosternDb db, RecordAudit audit)
{
    public async Task<Result<LicenseKey>> ExecuteAsync(Guid organization, Actor actor, Guid id, string how, CancellationToken cancellation)
    {
        var license = await db.Set<License>().FirstOrDefaultAsync(l => l.Id == id && l.OrganizationId == organization, cancellation);
        if (license is null)
            return new Fault.NotFound("License");
        if (license.RevokedAt is not null)
            return Fault.Input("This license was taken back; its key is not shown any more.");
        var key = await db.Set<LicenseKey>().Where(k => k.LicenseId == id && k.SupersededAt == null && k.RevokedAt == null).OrderByDescending(k => k.Revision).FirstAsync(cancellation);
        audit.Add(organization, actor, "license.key_revealed", $"{license.DisplayName}, revision {key.Revision}, {how}");
        await db.SaveChangesAsync(cancellation);
        return key;
    }
}
