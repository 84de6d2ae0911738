using System.Text.Json.Nodes;
using Postern.Events;
using Postern.Events.Recording;
using Postern.Jobs;
using Postern.Storage;

namespace Postern.Notifications.Accounts;

/// <summary>Asks, in the transaction that changes an account, for its owner to be told. It goes by the events, so that no door to the change can be forgotten.</summary>
sealed class HearOfAccounts(TimeProvider clock) : IEventListener
{
    public void Added(PosternDb db, Event entry)
    {
        if (AccountNotice.Of(entry) is null)
            return;
        var now = clock.GetUtcNow();
        db.Add(new Job { Kind = TellOwner.JobKind, Payload = new JsonObject { ["event"] = entry.Pk }, CreatedAt = now, RunAt = now });
    }
}
