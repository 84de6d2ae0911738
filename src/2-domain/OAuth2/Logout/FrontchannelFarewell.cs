using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Postern.Directory.Sessions;
using Postern.Flows;
using Postern.Flows.Running;
using Postern.OAuth2.Clients;
using Postern.OAuth2.Tokens;
using Postern.Storage;
using Postern.Storage.Snapshots;

namespace Postern.OAuth2.Logout;

/// <summary>The applications a session signed in to that want to hear of its end through the browser.</summary>
sealed class FrontchannelFarewell(PosternDb db, BrowserSession browser, Snapshot<ClientPicture> clients) : IFarewell
{
    public async ValueTask<Stage?> PrepareAsync(StageRun run, CancellationToken cancellation)
    {
        if (await browser.FindAsync(cancellation) is not { } session)
            return null;
        var picture = await clients.GetAsync(cancellation);
        var urls = new JsonArray();
        await using (var row = await db.ReadAsync("SELECT provider_id, issuer FROM oauth2_session_client WHERE session_uuid = $1 ORDER BY provider_id", cancellation, session.Uuid))
        {
            while (await row.ReadAsync(cancellation))
            {
                if (picture.OfProvider(row.GetInt32(0)) is { Application: { } application, Provider: { LogoutMethod: LogoutMethod.Frontchannel, LogoutUri: { Length: > 0 } uri } })
                    urls.Add(new JsonObject { ["url"] = Address(uri, row.GetString(1), session), ["provider_name"] = application.Name });
            }
        }
        return urls.Count > 0 ? new FrontchannelStage { Urls = urls } : null;
    }

    // Section 3: issuer and session tell the application whose session it is to end.
    static string Address(string uri, string issuer, Session session) =>
        QueryHelpers.AddQueryString(uri, new Dictionary<string, string?>(StringComparer.Ordinal) { ["iss"] = issuer, ["sid"] = TokenText.SessionId(session.Uuid) });
}
