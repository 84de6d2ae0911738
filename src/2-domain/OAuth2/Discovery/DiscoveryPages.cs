using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.OAuth2.Clients;
using Postern.OAuth2.Tokens;

namespace Postern.OAuth2.Discovery;

/// <summary>Documents and key sets as bytes, made once for each picture of the clients.</summary>
sealed class DiscoveryPages(IServiceScopeFactory scopes)
{
    const int MostBases = 100;

    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    readonly ConditionalWeakTable<ClientPicture, ConcurrentDictionary<(string, string), byte[]>> made = [];

    public byte[] Keys(ClientPicture picture, Client client) =>
        made.GetOrCreateValue(picture).GetOrAdd((client.Id, "keys"), _ => JsonSerializer.SerializeToUtf8Bytes(WriteKeys.Of(client)));

    public async ValueTask<byte[]> DocumentAsync(ClientPicture picture, Client client, string root, CancellationToken cancellation)
    {
        var pages = made.GetOrCreateValue(picture);
        if (pages.TryGetValue((client.Id, root), out var known))
            return known;
        await using var scope = scopes.CreateAsyncScope();
        // Claims that the mappings tell even of nobody; a mapping that needs somebody fails and tells none.
        JsonObject claims = await ClaimNames.OfAsync(client, scope.ServiceProvider, cancellation);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(WriteDocument.Of(client, root, [.. claims.Select(c => c.Key)]), Indented);
        if (pages.Count < MostBases * 10)
            pages[(client.Id, root)] = bytes;
        return bytes;
    }
}
