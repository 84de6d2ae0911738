using Microsoft.EntityFrameworkCore;
using Postern.Api;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Keys;

/// <summary>Makes the self-signed pair that new providers sign with, where an installation has no pair at all. Its name is the one blueprints look for.</summary>
sealed class FirstKeyPair(PosternDb db, GenerateKeyPair generate) : IStartTask
{
    public const string Name = "authentik Self-signed Certificate";

    // Before blueprints are applied, which may look for it.
    public int Order => 400;

    public async Task RunAsync(CancellationToken cancellation)
    {
        // Of two nodes starting at once, the other one is refused the name.
        if (!await db.Set<CertificateKeyPair>().AnyAsync(cancellation))
            await generate.ExecuteAsync(Caller.System, new GenerateRequest(Name, [], 3650, GenerateAlgorithm.Ecdsa), cancellation);
    }
}
