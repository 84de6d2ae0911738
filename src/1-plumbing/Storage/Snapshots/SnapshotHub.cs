using System.Collections.Concurrent;

namespace Postern.Storage.Snapshots;

/// <summary>Counts the changes of each watched table, told by this process's own commits and by the database's notifications.</summary>
public sealed class SnapshotHub
{
    readonly ConcurrentDictionary<string, long> versions = new(StringComparer.Ordinal);
    long everything;

    /// <summary>Declares a snapshot over some tables.</summary>
    public Snapshot<T> Declare<T>(IReadOnlyList<string> tables, Func<CancellationToken, Task<T>> load)
        where T : class => new(this, tables, load);

    /// <summary>The table changed.</summary>
    public void Changed(string table) => versions.AddOrUpdate(table, 1, (_, v) => v + 1);

    /// <summary>Anything may have changed (the notification connection was lost).</summary>
    public void ChangedEverything() => Interlocked.Increment(ref everything);

    internal long Version(IReadOnlyList<string> tables)
    {
        var sum = Interlocked.Read(ref everything);
        foreach (var table in tables)
            sum += versions.GetValueOrDefault(table);
        return sum;
    }
}
