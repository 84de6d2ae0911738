namespace Postern.Storage.Snapshots;

/// <summary>
/// An immutable picture of configuration, loaded once and kept until one of its tables changes on any node.
/// A reader never sees a picture older than the last change committed before it asked on this node.
/// </summary>
public sealed class Snapshot<T> : IDisposable
    where T : class
{
    readonly SnapshotHub hub;
    readonly IReadOnlyList<string> tables;
    readonly Func<CancellationToken, Task<T>> load;
    readonly SemaphoreSlim loading = new(1, 1);
    volatile Picture? current;

    internal Snapshot(SnapshotHub hub, IReadOnlyList<string> tables, Func<CancellationToken, Task<T>> load) =>
        (this.hub, this.tables, this.load) = (hub, tables, load);

    /// <summary>The picture this node loaded last, which may be out of date; null before the first. For callers that cannot wait.</summary>
    public T? Newest => current?.Value;

    /// <summary>The picture where it is at hand and up to date; else null, and it is loaded in the meantime. For callers that cannot wait.</summary>
    public T? TryGet()
    {
        if (current is { } picture && picture.Version == hub.Version(tables))
            return picture.Value;
        if (loading.CurrentCount > 0)
            _ = LoadBesideAsync();
        return null;
    }

    /// <summary>The current picture.</summary>
    public async ValueTask<T> GetAsync(CancellationToken cancellation)
    {
        if (current is { } picture && picture.Version == hub.Version(tables))
            return picture.Value;
        await loading.WaitAsync(cancellation);
        try
        {
            var version = hub.Version(tables);
            if (current is { } other && other.Version == version)
                return other.Value;
            var value = await load(cancellation);
            current = new Picture(version, value);
            return value;
        }
        finally
        {
            loading.Release();
        }
    }

    async Task LoadBesideAsync()
    {
        try
        {
            await Task.Yield();
            await GetAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is System.Data.Common.DbException or ObjectDisposedException or InvalidOperationException)
        {
            // Whoever needs the picture will ask again, and hear of it.
        }
    }

    public void Dispose() => loading.Dispose();

    sealed record Picture(long Version, T Value);
}
