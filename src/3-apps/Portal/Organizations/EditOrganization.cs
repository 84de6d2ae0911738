using Postern.Kernel;
using Postern.Portal.Access;
using Postern.Portal.Audit;
using Postern.Storage;

namespace Postern.Portal.Organizations;

/// <summary>Changes name and notification address. Writes organization and audit entry.</summary>
sealed class EditOrganization(PosternDb db, RecordAudit audit)
{
    public async Task<Result<Unit>> ExecuteAsync(Seat seat, OrganizationForm form, CancellationToken cancellation)
    {
        if (form.Refuse() is { } fault)
            return fault;
        var organization = seat.Organization;
        var changes = string.Join(", ", new[]
        {
            organization.Name == form.Name ? null : $"name: {organization.Name} to {form.Name}",
            organization.NotificationEmail == form.NotificationEmail ? null : $"notification address: {organization.NotificationEmail} to {form.NotificationEmail}",
        }.OfType<string>());
        if (changes.Length == 0)
            return Unit.Value;
        (organization.Name, organization.NotificationEmail) = (form.Name, form.NotificationEmail);
        audit.Add(organization.Id, seat.Actor, "organization.changed", changes);
        await db.SaveChangesAsync(cancellation);
        return Unit.Value;
    }
}
