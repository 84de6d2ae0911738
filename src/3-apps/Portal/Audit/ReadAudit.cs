using Microsoft.EntityFrameworkCore;
using Postern.Storage;

namespace Postern.Portal.Audit;

/// <summary>Reads an organization's audit trail. Whoever calls has checked that the caller may.</summary>
sealed class ReadAudit(PosternDb db)
{
    /// <summary>Newest first, before a line.</summary>
    public Task<List<AuditEntry>> PageAsync(Guid organization, long before, int count, CancellationToken cancellation) =>
        db.Set<AuditEntry>().AsNoTracking().Where(e => e.OrganizationId == organization && e.Id < before).OrderByDescending(e => e.Id).Take(count).ToListAsync(cancellation);

    /// <summary>All of it, oldest first.</summary>
    public IAsyncEnumerable<AuditEntry> All(Guid organization) =>
        db.Set<AuditEntry>().AsNoTracking().Where(e => e.OrganizationId == organization).OrderBy(e => e.Id).AsAsyncEnumerable();

    /// <summary>When the first line was written that does not follow the one before it, because somebody changed lines or took some away; null where all do.</summary>
    public async Task<DateTimeOffset?> BrokenAtAsync(Guid organization, CancellationToken cancellation) =>
        await db.ScalarAsync<DateTime?>(
            """
            SELECT min(line.at) FROM (SELECT id, at, hash, lag(hash, 1, ''::bytea) OVER (ORDER BY id) AS before FROM audit_entry WHERE organization_id = $1) line
            JOIN audit_entry entry ON entry.id = line.id WHERE line.hash <> audit_entry_hash(line.before, entry)
            """,
            cancellation, organization) is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : null;
}
