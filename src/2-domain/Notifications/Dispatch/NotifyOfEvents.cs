using System.Text.Json.Nodes;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Jobs;
using Postern.Notifications.Rules;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Notifications.Dispatch;

/// <summary>Asks, in the transaction that writes an event, for the rules to be looked at; nothing is asked where no rule could be about it.</summary>
sealed class NotifyOfEvents(Snapshot<RulePicture> rules, TimeProvider clock) : IEventListener
{
    public void Added(PosternDb db, Event entry)
    {
        // Without a picture at hand the job finds out.
        if (rules.TryGet() is { } picture && !picture.MayConcern(entry))
            return;
        var now = clock.GetUtcNow();
        db.Add(new Job { Kind = DispatchEvent.JobKind, Payload = new JsonObject { ["event"] = entry.Pk }, CreatedAt = now, RunAt = now });
    }
}
