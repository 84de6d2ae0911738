using Postern.Storage;
using Postern.Storage.Kinds;

namespace Postern.Directory.Rights;

/// <summary>What a save is about to do to the rows of a pair table.</summary>
sealed record LinkChange<TKey>(IReadOnlyCollection<TKey> Added, IReadOnlyCollection<TKey> Removed)
    where TKey : struct
{
    public static async Task<LinkChange<TKey>> OfAsync(LinkTable table, object own, IReadOnlyCollection<TKey> wanted, SaveContext context)
    {
        var stored = new HashSet<TKey>();
        if (!context.IsNew)
        {
            await using var rows = await context.Db.ReadAsync($"SELECT {table.Other} FROM {table.Table} WHERE {table.Own} = $1", context.Cancellation, own);
            while (await rows.ReadAsync(context.Cancellation))
                stored.Add(rows.GetFieldValue<TKey>(0));
        }
        return new LinkChange<TKey>([.. wanted.Distinct().Where(k => !stored.Contains(k))], [.. stored.Where(k => !wanted.Contains(k))]);
    }
}
