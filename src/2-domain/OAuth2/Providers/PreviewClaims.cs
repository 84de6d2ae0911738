using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.OAuth2.Clients;
using Postern.OAuth2.Tokens;
using Postern.Storage;
using Postern.Storage.Objects;
using Postern.Storage.Snapshots;

namespace Postern.OAuth2.Providers;

/// <summary>
/// Tells what an application would learn of somebody if it were granted all it may ask for: the claims of the ID token. Needs the right to view the
/// provider, and for others than oneself <c>preview_user</c>. Faults: forbidden, not found, invalid (<c>for_user</c>). Nothing is written.
/// </summary>
public sealed class PreviewClaims
{
    static readonly Permission Others = Permission.Parse("authentik_providers_oauth2.preview_user");

    readonly ObjectQuery objects;
    readonly IAccess access;
    readonly Snapshot<ClientPicture> clients;
    readonly PosternDb db;
    readonly MakeTokens tokens;

    internal PreviewClaims(ObjectQuery objects, IAccess access, Snapshot<ClientPicture> clients, PosternDb db, MakeTokens tokens) =>
        (this.objects, this.access, this.clients, this.db, this.tokens) = (objects, access, clients, db, tokens);

    /// <summary>The claims as JSON. <paramref name="forUser"/> is a user's primary key; null for the caller.</summary>
    public async Task<Result<JsonObject>> ExecuteAsync(HttpContext http, string provider, string? forUser, CancellationToken cancellation)
    {
        if (!(await objects.FindAsync(OAuth2ProviderKind.Kind, http.Caller(), provider, tracked: false, cancellation)).Succeeded(out var found, out var fault))
            return fault;
        var pk = http.Caller().UserPk ?? 0;
        if (forUser is not null && !int.TryParse(forUser, CultureInfo.InvariantCulture, out pk))
            return Fault.Field("for_user", "input must be numerical");
        if (pk != http.Caller().UserPk && await access.RefuseAsync(http.Caller(), Others, provider, cancellation) is { } refusal)
            return refusal;
        if (await db.Set<User>().AsNoTracking().FirstOrDefaultAsync(u => u.Pk == pk, cancellation) is not { } user)
            return Fault.Field("for_user", "User not found");
        if ((await clients.GetAsync(cancellation)).OfProvider(((OAuth2Provider)found).Id) is not { } client)
            return new Fault.NotFound("OAuth2 Provider");
        var grant = new Grant(Guid.Empty, client, user, string.Join(' ', client.ScopeNames)) { AuthTime = DateTimeOffset.UnixEpoch, IsTrial = true };
        return (await tokens.ExecuteAsync(grant, http, cancellation)).Identity;
    }
}
