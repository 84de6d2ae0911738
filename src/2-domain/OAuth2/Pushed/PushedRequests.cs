using System.Text.Json;
using Postern.OAuth2.Authorize;
using Postern.OAuth2.Clients;
using Postern.OAuth2.Tokens;
using Postern.Storage;

namespace Postern.OAuth2.Pushed;

/// <summary>Keeps pushed authorization requests (RFC 9126) until they are answered or expire.</summary>
sealed class PushedRequests(PosternDb db, TimeProvider clock)
{
    const string Prefix = "urn:ietf:params:oauth:request_uri:";

    /// <summary>Room for somebody to sign in on the way.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public static bool IsOne(string uri) => uri.StartsWith(Prefix, StringComparison.Ordinal);

    public async Task<string> AddAsync(Client client, AuthorizeParameters parameters, CancellationToken cancellation)
    {
        var uri = Prefix + TokenText.New();
        await db.ExecuteAsync(
            "INSERT INTO oauth2_pushed_request (uri_hash, provider_id, parameters, expires) VALUES ($1, $2, $3::jsonb, $4)", cancellation,
            TokenText.HashOf(uri), client.Provider.Id, JsonSerializer.Serialize(parameters.All), clock.GetUtcNow() + Lifetime);
        return uri;
    }

    /// <summary>The request of this name and client, with the mark of a sign-in that the link itself carries; null when there is none any more.</summary>
    public async Task<AuthorizeParameters?> FindAsync(string uri, AuthorizeParameters link, CancellationToken cancellation)
    {
        var stored = await db.ScalarAsync<string>("SELECT parameters::text FROM oauth2_pushed_request WHERE uri_hash = $1 AND expires > $2", cancellation, TokenText.HashOf(uri), clock.GetUtcNow());
        if (stored is null)
            return null;
        var values = JsonSerializer.Deserialize<Dictionary<string, string>>(stored)!;
        if (link.Repeated is not null || !string.Equals(values.GetValueOrDefault("client_id"), link["client_id"], StringComparison.Ordinal))
            return null;
        if (link[Reauthentication.Parameter] is { } mark)
            values[Reauthentication.Parameter] = mark;
        return new AuthorizeParameters(values);
    }
}
