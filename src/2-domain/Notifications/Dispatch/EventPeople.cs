using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Events;
using Postern.Notifications.Rules;
using Postern.Storage;

namespace Postern.Notifications.Dispatch;

/// <summary>The people of an event.</summary>
/// <param name="Event">The event.</param>
/// <param name="Actor">Who acted; null for nobody who is stored.</param>
/// <param name="SubjectPk">Whom it is about; null where that is nobody.</param>
sealed record EventPeople(Event Event, User? Actor, int? SubjectPk)
{
    public static async Task<EventPeople> FindAsync(PosternDb db, Event entry, CancellationToken cancellation)
    {
        var actor = Pk(entry.User["pk"]) is { } pk ? await db.Set<User>().AsNoTracking().FirstOrDefaultAsync(u => u.Pk == pk, cancellation) : null;
        return new EventPeople(entry, actor, await SubjectAsync(db, entry, cancellation));
    }

    /// <summary>Who of them a rule tells.</summary>
    public int[] Of(NotificationRule rule)
    {
        int?[] told = [rule.DestinationEventUser ? Actor?.Pk : null, rule.DestinationEventSubject ? SubjectPk : null];
        return [.. told.OfType<int>()];
    }

    // Events of an object of the directory are about it, those that name an affected user about that one, all others about who is named as their user.
    static async Task<int?> SubjectAsync(PosternDb db, Event entry, CancellationToken cancellation)
    {
        if (entry.Context["model"] is JsonObject model)
            return model["model_name"]?.ToString() is "user" ? Pk(model["pk"]) : null;
        if (entry.Context["affected_user"] is not { } affected)
            return Pk(entry.User["pk"]);
        var name = affected.ToString();
        return Pk(affected) ?? await db.Set<User>().Where(u => u.Username == name).Select(u => (int?)u.Pk).FirstOrDefaultAsync(cancellation);
    }

    static int? Pk(JsonNode? node) => int.TryParse(node?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var pk) ? pk : null;
}
