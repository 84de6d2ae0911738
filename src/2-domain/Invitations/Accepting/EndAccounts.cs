using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Jobs;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Invitations.Accepting;

/// <summary>Deactivates accounts on the day that their invitation set, which signs them out everywhere.</summary>
sealed class EndAccounts(PosternDb db, SaveObject save, TimeProvider clock) : IJobHandler
{
    public const string JobKind = "invitations.account_end";

    static readonly JsonElement Inactive = JsonSerializer.SerializeToElement(new { is_active = false });

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        while (await db.ScalarAsync<int>("SELECT user_pk FROM account_end WHERE ends_at <= $1 ORDER BY ends_at LIMIT 1", cancellation, clock.GetUtcNow()) is > 0 and var pk)
        {
            await db.InTransactionAsync(() => EndAsync(pk, cancellation), static _ => true, cancellation);
            db.ChangeTracker.Clear();
        }
    }

    async Task<bool> EndAsync(int pk, CancellationToken cancellation)
    {
        var user = await db.Set<User>().SingleAsync(u => u.Pk == pk, cancellation);
        if (user.IsActive && (await save.UpdateAsync(UserKind.Kind, Caller.System, user, Inactive, SaveOptions.Patch, cancellation)).Fault is { } fault)
            throw new InvalidOperationException($"User {pk} cannot be deactivated: {fault.Message}");
        await db.ExecuteAsync("DELETE FROM account_end WHERE user_pk = $1", cancellation, pk);
        return true;
    }
}
