using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Events;
using Postern.Jobs;
using Postern.Kernel.Access;
using Postern.Notifications.Rules;
using Postern.Policies.Engine;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.Notifications.Dispatch;

/// <summary>Asks each rule about one event; for those whose policies pass, makes the notifications and the deliveries.</summary>
sealed class DispatchEvent(PosternDb db, Snapshot<RulePicture> rules, PolicyEngine policies, TellPeople tell) : IJobHandler
{
    public const string JobKind = "notifications.dispatch";

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        var pk = payload["event"]!.GetValue<Guid>();
        var picture = await rules.GetAsync(cancellation);
        if (await db.Set<Event>().AsNoTracking().FirstOrDefaultAsync(e => e.Pk == pk, cancellation) is not { } entry || !picture.MayConcern(entry))
            return;
        var people = await EventPeople.FindAsync(db, entry, cancellation);
        var matching = new List<NotificationRule>();
        foreach (var rule in picture.Rules)
        {
            if (await MatchesAsync(rule, people, cancellation))
                matching.Add(rule);
        }
        if (matching.Count > 0)
            await tell.ExecuteAsync(matching, picture, people, cancellation);
    }

    async Task<bool> MatchesAsync(NotificationRule rule, EventPeople people, CancellationToken cancellation)
    {
        var request = new PolicyRequest
        {
            User = people.Actor,
            Caller = Caller.System,
            Obj = people.Event,
            Context = new Dictionary<string, object?>(StringComparer.Ordinal) { ["event"] = people.Event },
        };
        return await policies.EvaluateAsync(rule.Pk, PolicyEngineMode.Any, request, cancellation) is { NothingBound: false, Passing: true };
    }
}
