using Microsoft.EntityFrameworkCore;
using Postern.Directory.Sessions;
using Postern.Directory.Users;
using Postern.Storage;

namespace Postern.Directory;

/// <summary>Tables of the directory that are no kinds of their own making.</summary>
sealed class Tables : ITables
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<User>().Ignore(u => u.Backend);
        model.Entity<Session>().ToTable("session").HasKey(s => s.Uuid);
    }
}
