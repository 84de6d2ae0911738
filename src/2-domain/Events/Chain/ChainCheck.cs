using System.Globalization;
using Postern.Storage;
using Postern.Storage.Checks;

namespace Postern.Events.Chain;

/// <summary>Whether events get sealed. Whether they are still what was sealed takes longer to find out.</summary>
sealed class ChainCheck(PosternDb db, TimeProvider clock) : ICheck
{
    static readonly TimeSpan patience = TimeSpan.FromHours(1);

    public string Name => "audit log";

    public async Task<IReadOnlyList<Finding>> ExecuteAsync(CancellationToken cancellation)
    {
        var last = await ChainRows.LastAsync(db, cancellation) ?? EventSeal.None;
        var waiting = await db.ScalarAsync<long>(
            "SELECT count(*) FROM event WHERE NOT from_outside AND (position, pk) > ($1, $2) AND created < $3", cancellation, last.LastPosition, last.LastPk, clock.GetUtcNow() - patience);
        return [waiting > 0
            ? Finding.Warning(string.Create(CultureInfo.InvariantCulture, $"{waiting} events wait to be sealed for more than an hour."), "System > Jobs: events.seal must run. A transaction that never ends holds it up as well (pg_stat_activity).")
            : Finding.Good("Events are sealed. postern audit verify goes through all of them.")];
    }
}
