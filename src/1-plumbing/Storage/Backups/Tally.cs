using System.Security.Cryptography;

namespace Postern.Storage.Backups;

/// <summary>Copies a stream and takes its measure on the way: length, lines, fingerprint.</summary>
static class Tally
{
    const int Chunk = 1 << 16;

    /// <summary>The measure, and the number of line ends, which in COPY's text form is the number of rows.</summary>
    public static async Task<(BackupPart Part, long Lines)> CopyAsync(string name, Stream from, Stream to, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Chunk];
        long bytes = 0, lines = 0;
        int read;
        while ((read = await from.ReadAsync(buffer, cancellation)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            bytes += read;
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
            await to.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }
        return (new BackupPart(name, bytes, Convert.ToHexStringLower(hash.GetHashAndReset())), lines);
    }
}
