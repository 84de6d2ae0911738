using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Authenticators.Devices;

/// <summary>Keeps a device that was just set up, with the event that tells of it; the caller saves.</summary>
sealed class AddDevice(PosternDb db, IAuditTrail audit, RecordEvent events, KindRegistry kinds, TimeProvider clock)
{
    /// <summary>Writes the row and the events <c>model_created</c> and <c>mfa_device_added</c>.</summary>
    public async ValueTask ExecuteAsync(HttpContext http, User owner, Device device, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        (device.UserPk, device.Confirmed, device.Created, device.LastUpdated) = (owner.Pk, true, now, now);
        db.Add(device);
        await db.SaveChangesAsync(cancellation);
        var (actor, kind) = (Actor(http.Caller(), owner), kinds.Of(device.GetType())!);
        audit.Record(db, actor, ObjectChange.Created, kind, device, diff: []);
        events.Add(actor, EventAction.MfaDeviceAdded, kind.App, TellOfRemoval.Context(device, kind));
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>During a sign-in nobody is signed in yet; the device is then its owner's doing.</summary>
    static Caller Actor(Caller caller, User owner) => caller.IsAuthenticated
        ? caller
        : new Caller(owner.Pk, owner.Username, IsSuperuser: false, CallerKind.User) { Email = owner.Email, ClientIp = caller.ClientIp, Request = caller.Request };
}
