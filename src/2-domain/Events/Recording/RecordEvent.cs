using System.Text.Json.Nodes;
using Postern.Kernel.Access;
using Postern.Kernel.Values;
using Postern.Storage;

namespace Postern.Events.Recording;

/// <summary>
/// Writes events. The row joins the caller's own change: it is stored when that is saved, and not otherwise.
/// Secrets in the context are replaced by stars, going by the names of their keys.
/// </summary>
public sealed class RecordEvent(PosternDb db, TimeProvider clock, IEventRetention retention, IEnumerable<IEventListener> listeners)
{
    /// <summary>Adds the event. The actor is the caller unless <paramref name="actor"/> says otherwise; <paramref name="app"/> names the writing part.</summary>
    public Event Add(Caller caller, EventAction action, string app, JsonObject? context = null, JsonObject? actor = null) =>
        Add(caller, WireEnum<EventAction>.Name(action), app, context, actor);

    /// <summary>Adds an event of a free-form action, which is stored as <c>custom_</c> and its name.</summary>
    public Event Add(Caller caller, string action, string app, JsonObject? context = null, JsonObject? actor = null)
    {
        var now = clock.GetUtcNow();
        var full = (JsonObject?)context?.DeepClone() ?? [];
        if (caller.Request is { } request)
            full["http_request"] = HttpRequestPart.Of(request);
        var entry = new Event
        {
            User = actor ?? EventActor.Of(caller),
            Action = EventActions.Stored(action),
            App = app,
            Context = Cleanse.Of(full),
            ClientIp = caller.ClientIp?.ToString(),
            Created = now,
            Expires = now + retention.Current,
            Brand = caller.Request?.Brand is { } brand ? ObjectPart.Of(brand.App, brand.Model, brand.Key, brand.Name) : [],
        };
        db.Add(entry);
        foreach (var listener in listeners)
            listener.Added(db, entry);
        return entry;
    }

    /// <summary>Adds the event and saves it at once, for what happens outside any change (a failed login).</summary>
    public async Task SaveAsync(Caller caller, EventAction action, string app, JsonObject? context, JsonObject? actor, CancellationToken cancellation)
    {
        Add(caller, action, app, context, actor);
        await db.SaveChangesAsync(cancellation);
    }
}

/// <summary>Hears of each event in the transaction that writes it, to enqueue work such as notifications.</summary>
public interface IEventListener
{
    void Added(PosternDb db, Event entry);
}
