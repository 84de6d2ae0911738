using Microsoft.EntityFrameworkCore;
using Postern.Storage;

namespace Postern.Billing.Accounts;

/// <summary>The billing account of an organisation; an empty one before the first is saved. Whoever calls has checked that the caller may see it.</summary>
public sealed class ReadBillingAccount(PosternDb db)
{
    public async Task<BillingAccount> ExecuteAsync(Guid organizationId, CancellationToken cancellation) =>
        await db.Set<BillingAccount>().AsNoTracking().FirstOrDefaultAsync(a => a.OrganizationId == organizationId, cancellation)
        ?? new BillingAccount { OrganizationId = organizationId };
}
