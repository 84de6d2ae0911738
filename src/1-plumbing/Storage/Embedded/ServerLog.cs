using System.Text;

namespace Postern.Storage.Embedded;

/// <summary>The database's own log file, <c>postgres.log</c> in the data folder; one older file is kept.</summary>
internal static class ServerLog
{
    const int largestBytes = 8 * 1024 * 1024;
    const int tailBytes = 2048;

    public static string Open(string dataRoot)
    {
        var file = new FileInfo(Path.Combine(dataRoot, "postgres.log"));
        if (file.Exists && file.Length > largestBytes)
            file.MoveTo(file.FullName + ".1", overwrite: true);
        return Path.Combine(dataRoot, "postgres.log");
    }

    public static string Tail(string logFile)
    {
        if (!File.Exists(logFile))
            return "";
        using var stream = new FileStream(logFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(-Math.Min(stream.Length, tailBytes), SeekOrigin.End);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Trim();
    }
}
