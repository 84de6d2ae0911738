using Postern.Directory.Places;
using Postern.Directory.Sessions;

namespace Postern.Web.User.Settings;

/// <summary>A session as its owner sees it.</summary>
/// <param name="Place">City and country, as far as they are known; empty otherwise.</param>
/// <param name="Ends">When it ends if it is not used any more.</param>
public sealed record SessionRow(Guid Uuid, string Browser, string Address, string Place, DateTimeOffset LastUsed, DateTimeOffset? SignedIn, DateTimeOffset Ends, bool Current)
{
    public static SessionRow Of(Session session, PlaceLookup places, Guid? current)
    {
        var place = places.PlaceOf(session.LastIp);
        var parts = new[] { place?["city"]?.ToString(), place?["country"]?.ToString() }.Where(p => !string.IsNullOrEmpty(p));
        return new(
            session.Uuid, BrowserName.Of(session.LastUserAgent), session.LastIp?.ToString() ?? "", string.Join(", ", parts), session.LastUsed, session.AuthenticatedAt, session.Expires, session.Uuid == current);
    }
}
