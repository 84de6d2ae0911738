using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Postern.Portal.Access;
using Postern.Storage;

namespace Postern.Portal.Audit;

/// <summary>Writes the audit trail as part of the caller's own change.</summary>
sealed class RecordAudit(PosternDb db, TimeProvider clock)
{
    /// <summary>Adds a line to the context; it exists once the caller saves.</summary>
    public async Task AddAsync(Guid organization, Actor actor, string action, string detail, CancellationToken cancellation)
    {
        var entry = new AuditEntry
        {
            OrganizationId = organization,
            At = clock.GetUtcNow(),
            Subject = actor.Subject,
            ActorName = actor.Name,
            Address = actor.Address,
            Action = action,
            Detail = detail,
        };
        entry.Hash = HashOf(await LastHashAsync(organization, cancellation), entry);
        db.Add(entry);
    }

    /// <summary>The hash of a line that follows one with the hash <paramref name="before"/>.</summary>
    public static byte[] HashOf(byte[] before, AuditEntry entry) => SHA256.HashData(
    [
        .. before,
        .. Encoding.UTF8.GetBytes(string.Join('\n', entry.OrganizationId, entry.At.ToUnixTimeMilliseconds(), entry.Subject, entry.ActorName, entry.Address, entry.Action, entry.Detail)),
    ]);

    async Task<byte[]> LastHashAsync(Guid organization, CancellationToken cancellation) =>
        db.ChangeTracker.Entries<AuditEntry>().LastOrDefault(e => e.State is EntityState.Added && e.Entity.OrganizationId == organization)?.Entity.Hash
        ?? await db.Set<AuditEntry>().Where(e => e.OrganizationId == organization).OrderByDescending(e => e.Id).Select(e => e.Hash).FirstOrDefaultAsync(cancellation)
        ?? [];
}
