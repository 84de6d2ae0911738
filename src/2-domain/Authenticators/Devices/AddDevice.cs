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
    /// <summary>Writes the row and two events: that the object was created, and that its owner has a new device.</summary>
    public async ValueTask ExecuteAsync(HttpContext http, User owner, Device device, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        (device.UserPk, device.Confirmed, device.Created, device.LastUpdated) = (owner.Pk, true, now, now);
        db.Add(device);
        await db.SaveChangesAsync(cancellation);
        var (actor, kind) = (Actor(http.Caller(), owner), kinds.Of(device.GetType())!);
        audit.Record(db, actor, ObjectChange.Created, kind, device, diff: []);
        events.Add(actor, EventActions.CustomPrefix, kind.App, TellOfRemoval.Context(LaterActions.DeviceAdded, device, kind));
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>During a sign-in nobody is signed in yet; the device is then its owner's doing.</summary>
    static Caller Actor(Caller caller, User owner) => caller.IsAuthenticated
        ? caller
        : new Caller(owner.Pk, owner.Username, IsSuperuser: false, CallerKind.User) { Email = owner.Email, ClientIp = caller.ClientIp, Request = caller.Request };
}
