using Postern.Kernel;
using Postern.Portal.Access;
using Postern.Portal.Audit;
using Postern.Storage;

namespace Postern.Portal.Organizations;

/// <summary>Makes an organization whose first owner is whoever asks. Writes organization, membership, audit entry.</summary>
sealed class CreateOrganization(PosternDb db, RecordAudit audit, TimeProvider clock)
{
    public async Task<Result<Organization>> ExecuteAsync(Actor actor, OrganizationForm form, CancellationToken cancellation)
    {
        if (form.Refuse() is { } fault)
            return fault;
        var now = clock.GetUtcNow();
        var organization = new Organization { Name = form.Name, NotificationEmail = form.NotificationEmail, CreatedAt = now, CreatedBy = actor.Subject };
        db.Add(organization);
        db.Add(new Membership { OrganizationId = organization.Id, Subject = actor.Subject, Role = Role.Owner, Since = now, AddedBy = actor.Subject });
        audit.Add(organization.Id, actor, "organization.created", organization.Name);
        await db.SaveChangesAsync(cancellation);
        return organization;
    }
}
