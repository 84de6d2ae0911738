using Microsoft.EntityFrameworkCore;
using Postern.Portal.Access;
using Postern.Portal.Members;
using Postern.Storage;

namespace Postern.Portal.Organizations;

/// <summary>One's own organizations and open invitations.</summary>
sealed class FindOrganizations(PosternDb db, TimeProvider clock)
{
    public async Task<IReadOnlyList<OrganizationRow>> ExecuteAsync(Visitor visitor, CancellationToken cancellation) =>
        await db.Set<Membership>().Where(m => m.Subject == visitor.Subject)
            .Join(db.Set<Organization>().Where(o => o.DeletedAt == null), m => m.OrganizationId, o => o.Id, (m, o) => new { m.Role, Organization = o })
            .OrderBy(r => r.Organization.Name)
            .Select(r => new OrganizationRow(r.Organization.Id, r.Organization.Name, r.Role, db.Set<Membership>().Count(m => m.OrganizationId == r.Organization.Id)))
            .ToListAsync(cancellation);

    /// <summary>Invitations to the person's address; none where the provider does not vouch for it, as then only the mailed link shows whose it is.</summary>
    public async Task<IReadOnlyList<string>> InvitationsAsync(Visitor visitor, CancellationToken cancellation)
    {
        if (!visitor.Person.EmailVerified)
            return [];
        var (now, email) = (clock.GetUtcNow(), visitor.Person.Email.ToLowerInvariant());
#pragma warning disable CA1304, CA1311, CA1862, MA0011 // Translated to SQL's lower().
        return await db.Set<Invitation>().Where(i => i.Email.ToLower() == email && i.AcceptedAt == null && i.RevokedAt == null && i.ExpiresAt > now)
            .Join(db.Set<Organization>().Where(o => o.DeletedAt == null), i => i.OrganizationId, o => o.Id, (_, o) => o.Name)
            .OrderBy(n => n).ToListAsync(cancellation);
#pragma warning restore CA1304, CA1311, CA1862, MA0011
    }
}

/// <summary>An organization in a person's list.</summary>
public sealed record OrganizationRow(Guid Id, string Name, Role Role, int Members);
