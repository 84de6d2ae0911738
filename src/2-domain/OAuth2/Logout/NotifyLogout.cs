using System.Text.Json.Nodes;
using Postern.Jobs;
using Postern.OAuth2.Clients;
using Postern.OAuth2.Tokens;
using Postern.Storage.Snapshots;

namespace Postern.OAuth2.Logout;

/// <summary>
/// Tells an application that a session of its user is over (OpenID Connect Back-Channel Logout section 2.5). An application that does not
/// answer well is told again later.
/// </summary>
sealed class NotifyLogout(Snapshot<ClientPicture> clients, IHttpClientFactory http, TimeProvider clock) : IJobHandler
{
    public const string JobKind = "oauth2.backchannel_logout";
    public const string HttpClientName = "oauth2.logout";

    static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(2);

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        var provider = payload["provider"]!.GetValue<int>();
        if ((await clients.GetAsync(cancellation)).OfProvider(provider) is not { Provider: { LogoutMethod: LogoutMethod.Backchannel, LogoutUri.Length: > 0 } } client)
            return;
        var now = clock.GetUtcNow();
        var claims = new JsonObject
        {
            ["iss"] = payload["issuer"]!.GetValue<string>(),
            ["aud"] = client.Id,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + TokenLifetime).ToUnixTimeSeconds(),
            ["jti"] = TokenText.New(32),
            ["sub"] = payload["sub"]!.GetValue<string>(),
            ["sid"] = TokenText.SessionId(payload["session"]!.GetValue<Guid>()),
            ["events"] = new JsonObject { ["http://schemas.openid.net/event/backchannel-logout"] = new JsonObject() },
        };
        using var sender = http.CreateClient(HttpClientName);
        using var content = new FormUrlEncodedContent([new("logout_token", MakeTokens.Write(client, claims, "logout+jwt"))]);
        using var response = await sender.PostAsync(new Uri(client.Provider.LogoutUri), content, cancellation);
        response.EnsureSuccessStatusCode();
    }
}
