using Postern.Directory.Sessions;
using Postern.OAuth2.Clients;
using Postern.Storage.Snapshots;

namespace Postern.OAuth2.Userinfo;

/// <summary>Access tokens that were granted the scope of the API stand for their user there. One that is bound to a key needs a proof, which the API does not read.</summary>
sealed class ApiTokens(FindToken find, Snapshot<ClientPicture> clients, TimeProvider clock) : IBearerTokens
{
    const string Scope = "goauthentik.io/api";

    public async ValueTask<int?> UserOfAsync(string token, CancellationToken cancellation) =>
        await find.ExecuteAsync(token, cancellation) is { KeyThumbprint: null } shown && shown.Has(Scope) && shown.IsLive(clock.GetUtcNow())
        && (await clients.GetAsync(cancellation)).OfProvider(shown.ProviderId) is { Application: not null }
            ? shown.User.Pk
            : null;
}
