using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
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
        var user = await UserOfAsync(entry, cancellation);
        var matching = new List<NotificationRule>();
        foreach (var rule in picture.Rules)
        {
            if (await MatchesAsync(rule, entry, user, cancellation))
                matching.Add(rule);
        }
        if (matching.Count > 0)
            await tell.ExecuteAsync(matching, picture, entry, user?.Pk, cancellation);
    }

    async Task<bool> MatchesAsync(NotificationRule rule, Event entry, User? user, CancellationToken cancellation)
    {
        var request = new PolicyRequest
        {
            User = user,
            Caller = Caller.System,
            Obj = entry,
            Context = new Dictionary<string, object?>(StringComparer.Ordinal) { ["event"] = entry },
        };
        return await policies.EvaluateAsync(rule.Pk, PolicyEngineMode.Any, request, cancellation) is { NothingBound: false, Passing: true };
    }

    Task<User?> UserOfAsync(Event entry, CancellationToken cancellation) =>
        entry.User["pk"] is JsonValue value && value.TryGetValue<int>(out var pk)
            ? db.Set<User>().AsNoTracking().FirstOrDefaultAsync(u => u.Pk == pk, cancellation)
            : Task.FromResult<User?>(null);
}
