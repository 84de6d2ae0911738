using Postern.Kernel.Settings;
using Postern.Kernel.Values;
using Postern.Storage.Opening;

namespace Postern.Storage.Sealing;

/// <summary>Seals what is plain, or sealed under a key of before, under the secret key of today. It may be interrupted anywhere and repeated. Answers how many texts it wrote.</summary>
public sealed class SealAnew(PosternDb db, SecretSeal seal, SealedPlaces places, HostSettings settings)
{
    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        var written = 0;
        foreach (var column in places.All)
        {
            // Unless it was changed meanwhile.
            foreach (var (key, before, secret) in await StaleAsync(column, cancellation))
                written += await db.ExecuteAsync($"UPDATE {column.Table} SET {column.Assignment} WHERE {column.Key} = $2 AND {column.Text} = $3", cancellation, seal.Seal(secret, column.Purpose), key, before);
        }
        return written;
    }

    async Task<List<(object Key, string Before, Secret Secret)>> StaleAsync(SealedColumn column, CancellationToken cancellation)
    {
        var stale = new List<(object, string, Secret)>();
        // Where there is no key of before, whatever is sealed is sealed under that of today.
        var plainOnly = settings.PreviousSecretKeys.Count == 0 ? $" AND {column.Text} NOT LIKE 'sealed:%'" : "";
        await using var rows = await db.ReadAsync($"SELECT {column.Key}, {column.Text} {column.Rows}{plainOnly}", cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var before = rows.GetString(1);
            // What no key of ours opens is left as it is: the key may come back.
            if ((column.TakesPlain || SecretSeal.IsSealed(before)) && !seal.IsCurrent(before, column.Purpose) && seal.Open(before, column.Purpose) is { } secret)
                stale.Add((rows.GetValue(0), before, secret));
        }
        return stale;
    }
}
