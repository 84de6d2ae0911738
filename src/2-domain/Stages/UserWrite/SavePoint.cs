using Microsoft.EntityFrameworkCore.Storage;
using Postern.Storage;

namespace Postern.Stages.UserWrite;

/// <summary>A part of the running transaction that can be taken back alone.</summary>
sealed class SavePoint : IAsyncDisposable
{
    const string Name = "user_write";

    readonly IDbContextTransaction? transaction;
    bool open = true;

    SavePoint(IDbContextTransaction? transaction) => this.transaction = transaction;

    public static async ValueTask<SavePoint> BeginAsync(PosternDb db, CancellationToken cancellation)
    {
        if (db.Database.CurrentTransaction is { } transaction)
            await transaction.CreateSavepointAsync(Name, cancellation);
        return new SavePoint(db.Database.CurrentTransaction);
    }

    public async ValueTask RollBackAsync(CancellationToken cancellation)
    {
        open = false;
        if (transaction is not null)
            await transaction.RollbackToSavepointAsync(Name, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (open && transaction is not null)
            await transaction.ReleaseSavepointAsync(Name);
    }
}
