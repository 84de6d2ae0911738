using System.Security.Cryptography;
using System.Text;
using Postern.Storage;

namespace Postern.Enterprise.Licenses;

/// <summary>Remembers when a key was installed first.</summary>
sealed class NoteSeenKey(PosternDb db, TimeProvider clock)
{
    public async ValueTask ExecuteAsync(License license, CancellationToken cancellation) => await db.ExecuteAsync(
        "INSERT INTO license_seen (key_hash, first_seen) VALUES ($1, $2) ON CONFLICT DO NOTHING", cancellation, HashOf(license.Key), clock.GetUtcNow());

    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
