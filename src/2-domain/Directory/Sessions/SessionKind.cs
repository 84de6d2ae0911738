using Microsoft.EntityFrameworkCore;
using Postern.Directory.Places;
using Postern.Directory.Users;
using Postern.Storage.Kinds;

namespace Postern.Directory.Sessions;

/// <summary>The declaration of sessions as administrators and their owners see them.</summary>
public static class SessionKind
{
    public static readonly ModelKind<Session> Kind = ModelKind<Session>.Declare("authentik_core.authenticatedsession", static (k, kind) =>
    {
        k.Labels("Authenticated Session", "Authenticated Sessions").Path("core/authenticated_sessions", Verbs.ReadOnly | Verbs.Delete).Table("session").NotInBlueprints();
        k.Named(s => s.Uuid.ToString()).OwnedBy(s => s.UserPk);
        k.Key(s => s.Uuid, "uuid");
        k.Computed("current", (_, context) =>
        {
            var current = context.Get<BrowserSession>().Uuid;
            return ValueTask.FromResult<Func<Session, object?>>(session => session.Uuid == current);
        });
        k.Computed("user_agent", s => UserAgent.Parse(s.LastUserAgent));
        k.Computed("geo_ip", (_, context) =>
        {
            var lookup = context.Get<PlaceLookup>();
            return ValueTask.FromResult<Func<Session, object?>>(session => lookup.PlaceOf(session.LastIp));
        });
        k.Computed("asn", (_, context) =>
        {
            var lookup = context.Get<PlaceLookup>();
            return ValueTask.FromResult<Func<Session, object?>>(session => lookup.NetworkOf(session.LastIp));
        });
        k.Reference("user", s => s.UserPk, "authentik_core.user").OnDelete(OnDelete.Cascade).ReadOnly();
        k.Computed("last_ip", s => s.LastIp?.ToString() ?? "");
        k.Text("last_user_agent", s => s.LastUserAgent).ReadOnly();
        k.Timestamp("last_used", s => s.LastUsed).ReadOnly();
        k.Timestamp("expires", s => s.Expires).ReadOnly();
        k.Filter("session__last_user_agent", (query, values, _) => query.Where(s => s.LastUserAgent == values[0]));
        k.Filter("session__last_ip", (query, values, errors) =>
        {
            if (System.Net.IPAddress.TryParse(values[0], out var address))
                return query.Where(s => s.LastIp!.Equals(address));
            errors.Add("session__last_ip", "Enter a valid IPv4 or IPv6 address.");
            return query;
        });
        k.Filter("user__username", (query, db, values, _) => query.Where(s => db.Set<User>().Any(u => u.Pk == s.UserPk && u.Username == values[0])));
        k.SearchWith((query, db, text) =>
        {
            var pattern = $"%{PlainSearch.Escape(text)}%";
            var address = System.Net.IPAddress.TryParse(text, out var parsed) ? parsed : null;
            return query.Where(s => EF.Functions.ILike(s.LastUserAgent, pattern, PlainSearch.EscapeCharacter)
                || (address != null && s.LastIp!.Equals(address))
                || db.Set<User>().Any(u => u.Pk == s.UserPk && EF.Functions.ILike(u.Username, pattern, PlainSearch.EscapeCharacter)));
        });
        k.Order("-last_used", "expires", "last_user_agent");
        k.OrderBy("user__username", s => s.UserPk);
        k.Only(s => s.UserPk != null);
    });
}
