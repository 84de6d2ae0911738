using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Notifications.Dispatch;
using Postern.Notifications.Transports;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Notifications.Delivery;

/// <summary>Sends a test message to the caller over one transport, at once. Needs the right to change the transport.</summary>
public sealed class TestTransport
{
    readonly PosternDb db;
    readonly ObjectQuery objects;
    readonly IAccess access;
    readonly RecordEvent events;
    readonly SendMessage send;

    internal TestTransport(PosternDb db, ObjectQuery objects, IAccess access, RecordEvent events, SendMessage send) => (this.db, this.objects, this.access, this.events, this.send) = (db, objects, access, events, send);

    /// <summary>Faults: not found, forbidden. What the other side said, or that it failed, is in the answer.</summary>
    public async Task<Result<TestOutcome>> ExecuteAsync(Caller caller, string pk, CancellationToken cancellation)
    {
        if (!(await objects.FindAsync(NotificationTransportKind.Kind, caller, pk, tracked: false, cancellation)).Succeeded(out var found, out var missing))
            return missing;
        var transport = (NotificationTransport)found;
        if (await access.RefuseAsync(caller, NotificationTransportKind.Kind.Change, transport.Pk.ToString(), cancellation) is { } refusal)
            return refusal;
        var user = await db.Set<User>().AsNoTracking().FirstAsync(u => u.Pk == caller.UserPk, cancellation);
        var entry = events.Add(caller, EventActions.CustomPrefix, "authentik.events", new() { ["message"] = $"Test Notification from transport {transport.Name}" });
        await db.SaveChangesAsync(cancellation);
        var text = new NotificationText($"Test Notification from transport {transport.Name}", Hyperlink: null, HyperlinkLabel: null);
        try
        {
            return new TestOutcome(await send.ExecuteAsync(transport, new Message(Severity.Notice, text, user, entry), cancellation), Failure: null);
        }
        catch (DeliveryException e)
        {
            return new TestOutcome([], e.Message);
        }
    }
}

/// <summary>What came of a test.</summary>
public sealed record TestOutcome(IReadOnlyList<string> Messages, string? Failure);
