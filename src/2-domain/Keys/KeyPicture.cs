using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Kernel.Values;
using Postern.Storage;
using Postern.Storage.Opening;
using Postern.Storage.Snapshots;

namespace Postern.Keys;

/// <summary>All key pairs at one moment, opened and ready for use.</summary>
public sealed class KeyPicture(IEnumerable<OpenKeyPair> pairs)
{
    readonly FrozenDictionary<Guid, OpenKeyPair> byPk = pairs.ToFrozenDictionary(p => p.Pk);

    public OpenKeyPair? Find(Guid pk) => byPk.GetValueOrDefault(pk);

    /// <summary>Pairs by name.</summary>
    public IEnumerable<OpenKeyPair> All => byPk.Values.OrderBy(p => p.Name, StringComparer.Ordinal);

    internal static Snapshot<KeyPicture> Watch(SnapshotHub hub, IServiceScopeFactory scopes, SecretSeal seal) => hub.Declare<KeyPicture>(["certificate_key_pair"], async cancellation =>
    {
        await using var scope = scopes.CreateAsyncScope(Pool.Pictures);
        var rows = await scope.ServiceProvider.GetRequiredService<PosternDb>().Set<CertificateKeyPair>().AsNoTracking().ToListAsync(cancellation);
        return new(rows.Select(r => OpenKeyPair.Of(r, seal)));
    });
}

/// <summary>A key pair ready for use. The private key may be used by several requests at a time.</summary>
/// <param name="Pk">Primary key of the pair.</param>
/// <param name="Name">Name of the pair.</param>
/// <param name="Type">Kind of the key.</param>
/// <param name="Certificate">The leaf certificate.</param>
/// <param name="PrivateKey">An <see cref="RSA"/>, <see cref="ECDsa"/> or <see cref="Jose.Ed25519Key"/>; null where there is none, or where it cannot be read under this installation's secret key.</param>
public sealed record OpenKeyPair(Guid Pk, string Name, KeyType Type, X509Certificate2 Certificate, AsymmetricAlgorithm? PrivateKey)
{
    /// <summary>The certificate and its issuers as PEM.</summary>
    public string CertificatePem { get; init; } = "";

    /// <summary>The private key as PEM, for algorithms that <see cref="PrivateKey"/> cannot hold; empty where there is none.</summary>
    public Secret PrivateKeyPem { get; init; } = new("");

    internal static OpenKeyPair Of(CertificateKeyPair row, SecretSeal seal)
    {
        var secret = seal.Open(row.KeyData, CertificateKeyPair.Purpose) ?? new Secret("");
        return new(row.Pk, row.Name, row.KeyType, X509Certificate2.CreateFromPem(row.CertificateData), ReadCertificate.PrivateKey(secret.Reveal))
        {
            CertificatePem = row.CertificateData,
            PrivateKeyPem = secret,
        };
    }
}
