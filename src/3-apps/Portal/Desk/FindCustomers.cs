using Microsoft.EntityFrameworkCore;
using Postern.Billing.Subscriptions;
using Postern.Portal.Licenses;
using Postern.Portal.Organizations;
using Postern.Portal.SignIn;
using Postern.Storage;

namespace Postern.Portal.Desk;

/// <summary>Finds organizations for the desk; the gate has let staff in only.</summary>
sealed class FindCustomers(PosternDb db)
{
    const int MostShown = 50;

    /// <summary>By name or address of the organization or a member, by the name of a license, or by an Install ID or license ID; all where nothing is asked for.</summary>
    public Task<List<Organization>> ExecuteAsync(string search, CancellationToken cancellation)
    {
        var found = db.Set<Organization>().AsNoTracking().Where(o => o.DeletedAt == null);
        if (Guid.TryParse(search, out var id))
            found = found.Where(o => o.Id == id || db.Set<License>().Any(l => l.OrganizationId == o.Id && (l.Id == id || l.InstallId == id)));
        else if (search.Length > 0)
        {
            var like = $"%{search.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            found = found.Where(o => EF.Functions.ILike(o.Name, like) || EF.Functions.ILike(o.NotificationEmail, like)
                || db.Set<License>().Any(l => l.OrganizationId == o.Id && EF.Functions.ILike(l.Nickname, like))
                || db.Set<Membership>().Any(m => m.OrganizationId == o.Id && db.Set<Person>().Any(p => p.Subject == m.Subject && (EF.Functions.ILike(p.Email, like) || EF.Functions.ILike(p.Name, like)))));
        }
        return found.OrderBy(o => o.Name).Take(MostShown).ToListAsync(cancellation);
    }

    /// <summary>Licenses whose renewal could not be paid and is tried again, the longest first.</summary>
    public async Task<IReadOnlyList<FailingRenewal>> FailingAsync(CancellationToken cancellation) =>
        await db.Set<Subscription>().AsNoTracking().Where(s => s.FailingSince != null && s.Status == SubscriptionStatus.PastDue)
            .Join(db.Set<License>(), s => s.OrderId, l => l.Id, (s, l) => new { License = l, s.FailingSince })
            .Join(db.Set<Organization>().Where(o => o.DeletedAt == null), f => f.License.OrganizationId, o => o.Id, (f, o) => new { f.License, f.FailingSince, Organization = o })
            .OrderBy(f => f.FailingSince).Take(MostShown)
            .Select(f => new FailingRenewal(f.License, f.Organization, f.FailingSince!.Value)).ToListAsync(cancellation);
}

/// <summary>A license whose renewal could not be paid yet.</summary>
public sealed record FailingRenewal(License License, Organization Organization, DateTimeOffset Since);
