using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Directory.Passwords;

/// <summary>
/// Checks a user's own password. A fitting one whose hash is older than the configured work factor is hashed anew, which is no change of the
/// password: its date stays and no event is written. Takes as long for nobody as for somebody. Faults: throttled.
/// </summary>
public sealed class CheckPassword(PosternDb db, HashQueue hashes)
{
    public async Task<Result<bool>> ExecuteAsync(User? user, string password, CancellationToken cancellation)
    {
        var encoded = user is not null && PasswordHash.IsUsable(user.Password) ? user.Password : null;
        var verified = await hashes.VerifyAsync(password, encoded, cancellation);
        if (verified.Fault is not null || !verified.Value || encoded is null)
            return verified;
        if (PasswordHash.IsDated(encoded, hashes.Iterations) && (await hashes.EncodeAsync(password, cancellation)).Succeeded(out var raised, out _))
        {
            // Only over the hash that was verified: a password set meanwhile stands.
            await db.Set<User>().Where(u => u.Pk == user!.Pk && u.Password == encoded).ExecuteUpdateAsync(u => u.SetProperty(x => x.Password, raised), cancellation);
        }
        return true;
    }
}
