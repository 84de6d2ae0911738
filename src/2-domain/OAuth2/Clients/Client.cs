using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Postern.Applications;
using Postern.Applications.Mappings;
using Postern.Jose;
using Postern.Kernel.Values;
using Postern.Keys;
using Postern.OAuth2.Registration;
using Postern.OAuth2.Token;
using Postern.OAuth2.Tokens;

namespace Postern.OAuth2.Clients;

/// <summary>A provider made ready for requests: everything parsed, keys opened.</summary>
sealed class Client
{
    volatile MachineUser? account;
    readonly byte[]? secretHash;
    readonly HashSet<string> grants;

    public Client(OAuth2Provider provider, Application? application, ApplicationPicture applications, KeyPicture keys, Secret secret)
    {
        (Provider, Application) = (provider, application);
        grants = [.. provider.GrantTypes];
        secretHash = secret.Reveal.Length > 0 ? SHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal)) : null;
        var redirects = RedirectUri.ListOf(provider.RedirectUris);
        (Redirects, LogoutRedirects) = ([.. redirects.Where(r => !r.IsLogout)], [.. redirects.Where(r => r.IsLogout)]);
        Origins = redirects.Select(r => r.Origin).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        Scopes = [.. applications.MappingsOf(provider).OfType<ScopeMapping>().OrderBy(m => m.ScopeName, StringComparer.Ordinal).ThenBy(m => m.Name, StringComparer.Ordinal)];
        Shipped = Scopes.Select(m => (m.Pk, Teller: ShippedMapping.Of(m.Expression))).Where(m => m.Teller is not null).ToDictionary(m => m.Pk, m => m.Teller!);
        ScopeNames = Scopes.Select(s => s.ScopeName).Append("openid").ToHashSet(StringComparer.Ordinal);
        CertificateKey = provider.SigningKey is { } key ? keys.Find(key) : null;
        Key = CertificateKey?.PrivateKey is { } own && SigningKey.Of(own) is { } signing ? signing : SigningKey.Shared(Encoding.UTF8.GetBytes(secret.Reveal));
        Retired = [.. provider.RetiredSigningKeys.Select(keys.Find).OfType<OpenKeyPair>()];
        if (provider.EncryptionKey is { } encryption && keys.Find(encryption) is { } recipient)
            Encryption = recipient.Certificate.GetRSAPublicKey();
        Jwks = KeySet.Read(provider.Jwks);
        (CodeLifetime, AccessLifetime) = (Duration.Parse(provider.AccessCodeValidity), Duration.Parse(provider.AccessTokenValidity));
        (RefreshLifetime, RefreshThreshold) = (Duration.Parse(provider.RefreshTokenValidity), Duration.Parse(provider.RefreshTokenThreshold));
    }

    public OAuth2Provider Provider { get; }

    /// <summary>Null while no application uses the provider; it can then do nothing.</summary>
    public Application? Application { get; }

    /// <summary>The application in whose name tokens are issued: its own, or the one that it was registered at.</summary>
    public Application? Issuing => RegisteredAt ?? Application;

    /// <summary>The application at which a program registered it; null for those that people made, and once that one is gone.</summary>
    public Application? RegisteredAt { get; init; }

    public string Id => Provider.ClientId;

    public bool IsPublic => Provider.ClientType is ClientType.Public;

    public IReadOnlyList<RedirectUri> Redirects { get; }

    public IReadOnlyList<RedirectUri> LogoutRedirects { get; }

    /// <summary>Origins of the application's own pages, which may call the endpoints from scripts.</summary>
    public IReadOnlySet<string> Origins { get; }

    /// <summary>Mappings by name of scope.</summary>
    public IReadOnlyList<ScopeMapping> Scopes { get; }

    /// <summary>Mappings that need no interpreter.</summary>
    public IReadOnlyDictionary<Guid, ShippedMapping.Teller> Shipped { get; }

    /// <summary>Everything that may be granted.</summary>
    public IReadOnlySet<string> ScopeNames { get; }

    /// <summary>Signs tokens.</summary>
    public SigningKey Key { get; }

    public OpenKeyPair? CertificateKey { get; }

    public IReadOnlyList<OpenKeyPair> Retired { get; }

    /// <summary>Tokens are encrypted for this key; null for tokens in the clear.</summary>
    public RSA? Encryption { get; }

    public IReadOnlyList<JsonWebKey> Jwks { get; }

    /// <summary>Lets others be registered beside it; null where nobody may.</summary>
    public DynamicRegistration? Registration { get; init; }

    /// <summary>The client's own account as it was last read; null before it was first needed.</summary>
    public MachineUser? Account
    {
        get => account;
        set => account = value;
    }

    public TimeSpan CodeLifetime { get; }

    public TimeSpan AccessLifetime { get; }

    public TimeSpan RefreshLifetime { get; }

    public TimeSpan RefreshThreshold { get; }

    public bool May(string grant) => grants.Contains(grant);

    /// <summary>Compares hashes of equal length, so that the time taken tells nothing of the secret.</summary>
    public bool IsSecret(string given) => secretHash is not null && CryptographicOperations.FixedTimeEquals(secretHash, SHA256.HashData(Encoding.UTF8.GetBytes(given)));

    public bool Allows(string redirect) => Redirects.Any(r => r.Matches(redirect));

    /// <summary>The asked scopes that may be granted, in the order asked, each once; nobody is told which were dropped.</summary>
    public string Grantable(IEnumerable<string> asked) => string.Join(' ', asked.Where(ScopeNames.Contains).Distinct(StringComparer.Ordinal));
}
