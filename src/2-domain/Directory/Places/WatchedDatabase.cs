using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Postern.Directory.Places;

/// <summary>A database file that others replace now and then; it is looked at once a minute. One that is not there, or damaged, knows nothing.</summary>
sealed class WatchedDatabase(string? path, TimeProvider clock, ILogger log) : IDisposable
{
    static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    readonly Lock gate = new();
    MmdbFile? file;
    DateTime written;
    DateTimeOffset looked = DateTimeOffset.MinValue;

    public (JsonObject Value, IPNetwork Network)? Find(IPAddress? address)
    {
        if (path is null || address is null)
            return null;
        try
        {
            lock (gate)
                return Current(path)?.Find(address);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            log.PlacesUnreadable(e, path);
            return null;
        }
    }

    public void Dispose() => file?.Dispose();

    MmdbFile? Current(string path)
    {
        var now = clock.GetUtcNow();
        if (now < looked + LookEvery)
            return file;
        looked = now;
        var changed = File.GetLastWriteTimeUtc(path);
        if (changed == written && file is not null)
            return file;
        file?.Dispose();
        file = null;
        (file, written) = (new MmdbFile(path), changed);
        return file;
    }
}
