using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Postern.Storage.Snapshots;

/// <summary>
/// Tells the hub which tables a context changed, once the change is committed, so that a node reads its own writes at once; and does what is to be done just
/// before.
/// </summary>
sealed class OwnChanges(SnapshotHub hub) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var pending = Of(eventData).Changed ??= new(StringComparer.Ordinal);
        foreach (var entry in eventData.Context!.ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
        {
            if (entry.Metadata.GetTableName() is { } table)
                pending.Add(table);
        }
        return ValueTask.FromResult(result);
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context!.Database.CurrentTransaction is null)
            Publish(Of(eventData));
        return ValueTask.FromResult(result);
    }

    public async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        await Of(eventData).EndAsync(cancellationToken);
        return result;
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Publish(Of(eventData));
        return Task.CompletedTask;
    }

    public Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Of(eventData).Changed = null;
        Of(eventData).ForgetEndings();
        return Task.CompletedTask;
    }

    static PosternDb Of(DbContextEventData eventData) => (PosternDb)eventData.Context!;

    void Publish(PosternDb db)
    {
        foreach (var table in db.Changed ?? [])
            hub.Changed(table);
        db.Changed = null;
    }
}
