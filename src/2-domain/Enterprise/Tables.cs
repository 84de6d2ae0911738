using Microsoft.EntityFrameworkCore;
using Postern.Enterprise.Usage;
using Postern.Storage;

namespace Postern.Enterprise;

sealed class Tables : ITables
{
    public void Configure(ModelBuilder model) => model.Entity<UsageRecord>(e =>
    {
        e.ToTable("license_usage");
        e.HasKey(u => u.UsageUuid);
    });
}
