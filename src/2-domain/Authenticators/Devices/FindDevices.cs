using Postern.Authenticators.Totp;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;

namespace Postern.Authenticators.Devices;

/// <summary>The devices of a user, of those kinds that the caller may view. Faults: unauthenticated, forbidden when that is none.</summary>
public sealed class FindDevices(UserDevices devices, KindRegistry kinds, IAccess access)
{
    public async ValueTask<Result<IReadOnlyList<Device>>> ExecuteAsync(Caller caller, int user, CancellationToken cancellation)
    {
        var shown = new List<Device>();
        var refusal = (Fault?)null;
        foreach (var group in (await devices.AllAsync(user, cancellation)).GroupBy(d => kinds.Of(d.GetType())!))
        {
            if (await access.RefuseAsync(caller, group.Key.View, key: null, cancellation) is not { } refused)
                shown.AddRange(group);
            else
                refusal = refused;
        }
        refusal ??= await access.RefuseAsync(caller, TotpDevice.Kind.View, key: null, cancellation);
        return shown.Count == 0 && refusal is not null ? refusal : shown;
    }
}
