using Microsoft.EntityFrameworkCore;
using Postern.Rbac.Grants;
using Postern.Storage;

namespace Postern.Rbac;

/// <summary>Tables of grants.</summary>
sealed class Tables : ITables
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<RolePermission>().ToTable("role_permission").HasKey(p => p.Id);
        model.Entity<RoleObjectPermission>().ToTable("role_object_permission").HasKey(p => p.Id);
    }
}
