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

    public byte[] Keys(ClientPicture picture, Client client) => Made(picture).GetOrAdd((client.Id, "keys"), _ => JsonSerializer.SerializeToUtf8Bytes(WriteKeys.Of(picture.IssuedBy(client))));

    /// <summary>The keys of all clients that share the installation's issuer.</summary>
    public byte[] SharedKeys(ClientPicture picture) => Made(picture).GetOrAdd(("", "keys"), _ => JsonSerializer.SerializeToUtf8Bytes(WriteKeys.Of(picture.Shared)));

    public async ValueTask<byte[]> DocumentAsync(ClientPicture picture, Client client, string root, CancellationToken cancellation) =>
        Made(picture).TryGetValue((client.Id, root), out var known)
            ? known
            : Keep(picture, (client.Id, root), WriteDocument.Of(client, root, await ClaimsAsync([client], cancellation)));

    public async ValueTask<byte[]> SharedDocumentAsync(ClientPicture picture, string root, CancellationToken cancellation) =>
        Made(picture).TryGetValue(("", root), out var known)
            ? known
            : Keep(picture, ("", root), WriteDocument.OfAll(picture.Shared, root, await ClaimsAsync(picture.Shared, cancellation)));

    ConcurrentDictionary<(string, string), byte[]> Made(ClientPicture picture) => made.GetOrCreateValue(picture);

    byte[] Keep(ClientPicture picture, (string, string) key, JsonObject document)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(document, Indented);
        var pages = Made(picture);
        if (pages.Count < MostBases * 10)
            pages[key] = bytes;
        return bytes;
    }

    // Claims that the mappings tell even of nobody; a mapping that needs somebody fails and tells none.
    async Task<List<string>> ClaimsAsync(IReadOnlyList<Client> clients, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var names = new List<string>();
        foreach (var client in clients)
            names.AddRange((await ClaimNames.OfAsync(client, scope.ServiceProvider, cancellation)).Select(c => c.Key));
        return names;
    }
}
