using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Policies.Expressions.Functions;
using Postern.Storage;

namespace Postern.Authenticators.Devices;

/// <summary>Tells expressions whether a user has a device of one kind.</summary>
sealed class DevicesOfType<T>(PosternDb db, string type) : IUserDevices
    where T : Device
{
    public string DeviceType => type;

    public async ValueTask<bool> HasConfirmedAsync(User user, CancellationToken cancellation) =>
        user.Pk > 0 && await db.Set<T>().AnyAsync(d => d.UserPk == user.Pk && d.Confirmed, cancellation);
}
