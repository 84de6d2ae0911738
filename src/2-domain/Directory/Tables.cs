using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Storage;

namespace Postern.Directory;

/// <summary>What the tables of the directory leave out.</summary>
sealed class Tables : ITables
{
    public void Configure(ModelBuilder model) => model.Entity<User>().Ignore(u => u.Backend);
}
