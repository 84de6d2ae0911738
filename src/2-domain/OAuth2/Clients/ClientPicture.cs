using System.Collections.Frozen;
using Postern.Applications;
using Postern.Keys;
using Postern.OAuth2.Registration;
using Postern.Storage.Opening;
using Postern.Storage.Snapshots;

namespace Postern.OAuth2.Clients;

/// <summary>All clients at one moment.</summary>
sealed class ClientPicture
{
    readonly FrozenDictionary<string, Client> byId;
    readonly FrozenDictionary<int, Client> byProvider;
    readonly FrozenDictionary<string, Client> bySlug;

    ClientPicture(IReadOnlyList<Client> clients)
    {
        byId = clients.ToFrozenDictionary(c => c.Id, StringComparer.Ordinal);
        byProvider = clients.ToFrozenDictionary(c => c.Provider.Id);
        Shared = [.. clients.Where(c => c is { Application: not null, Provider.IssuerMode: IssuerMode.Global }).OrderBy(c => c.Id, StringComparer.Ordinal)];
        bySlug = clients.Where(c => c.Application is not null).ToFrozenDictionary(c => c.Application!.Slug, StringComparer.Ordinal);
    }

    /// <summary>Clients that share the installation's issuer.</summary>
    public IReadOnlyList<Client> Shared { get; }

    public Client? Find(string? clientId) => clientId is null ? null : byId.GetValueOrDefault(clientId);

    public Client? OfProvider(int provider) => byProvider.GetValueOrDefault(provider);

    public Client? OfApplication(string slug) => bySlug.GetValueOrDefault(slug);

    public Client? OfApplication(Guid pk) => bySlug.Values.FirstOrDefault(c => c.Application!.Pk == pk);

    /// <summary>Those whose tokens an application's issuer stands for: its own client, and those registered at it.</summary>
    public IEnumerable<Client> IssuedBy(Client client) => byId.Values.Where(c => c.RegisteredAt == client.Application).OrderBy(c => c.Id, StringComparer.Ordinal).Prepend(client);

    /// <summary>Origins of all applications' pages.</summary>
    public bool IsOrigin(string origin) => byId.Values.Any(c => c.Origins.Contains(origin));

    internal static Snapshot<ClientPicture> Watch(
        SnapshotHub hub, Snapshot<ApplicationPicture> applications, Snapshot<KeyPicture> keys, Snapshot<RegistrationPicture> registrations, SecretSeal seal) =>
        hub.Declare<ClientPicture>(["application", "provider", "property_mapping", "application_backchannel_provider", "certificate_key_pair", .. RegistrationPicture.Tables], async cancellation =>
        {
            var picture = await applications.GetAsync(cancellation);
            var (opened, registered) = (await keys.GetAsync(cancellation), await registrations.GetAsync(cancellation));
            return new([.. picture.Providers.OfType<OAuth2Provider>().Select(p =>
                new Client(p, picture.OfProvider(p.Id), picture, opened, seal.Open(p.ClientSecret, OAuth2Provider.SecretPurpose) ?? new(""))
                {
                    Registration = registered.OfProvider(p.Id),
                    RegisteredAt = registered.BesideOf(p.Id) is { } beside ? picture.OfProvider(beside) : null,
                })]);
        });
}
