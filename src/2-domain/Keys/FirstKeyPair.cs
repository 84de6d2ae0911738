using Npgsql;
using Postern.Api;
using Postern.Kernel.Access;

namespace Postern.Keys;

/// <summary>Makes the self-signed pair that new providers sign with, where an installation has no pair at all. Its name is the one blueprints look for.</summary>
sealed class FirstKeyPair(NpgsqlDataSource database, GenerateKeyPair generate) : IStartTask
{
    public const string Name = "authentik Self-signed Certificate";

    // Before blueprints are applied, which may look for it.
    public int Order => 400;

    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var any = database.CreateCommand("SELECT EXISTS (SELECT FROM certificate_key_pair)");
        // Of two nodes starting at once, the other one is refused the name.
        if (await any.ExecuteScalarAsync(cancellation) is false)
            await generate.ExecuteAsync(Caller.System, new GenerateRequest(Name, [], 3650, GenerateAlgorithm.Ecdsa), cancellation);
    }
}
