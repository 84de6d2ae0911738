using Postern.Portal.Access;
using Postern.Storage;

namespace Postern.Portal.Audit;

/// <summary>Writes the audit trail as part of the caller's own change.</summary>
sealed class RecordAudit(PosternDb db, TimeProvider clock)
{
    /// <summary>Adds a line to the context; it exists once the caller saves. The database chains it to the one before.</summary>
    public void Add(Guid organization, Actor actor, string action, string detail) => db.Add(new AuditEntry
    {
        OrganizationId = organization,
        At = clock.GetUtcNow(),
        Subject = actor.Subject,
        ActorName = actor.Name,
        Address = actor.Address,
        Action = action,
        Detail = detail,
    });
}
