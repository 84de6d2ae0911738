using System.Text;

namespace Postern.Blueprints.Resolving;

/// <summary>Files below allow-listed folders, links followed first, so that a link cannot lead out of them.</summary>
public sealed class AllowListedFiles(IReadOnlyCollection<string> roots, int maxBytes = AllowListedFiles.DefaultMaxBytes) : IBlueprintFiles
{
    const int DefaultMaxBytes = 256 * 1024;
    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <inheritdoc/>
    public async ValueTask<FileText> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            if (!Path.IsPathFullyQualified(path)) return FileText.Refused("The path must be absolute.");
            var real = Real(path);
            if (!roots.Any(root => IsBelow(real, Real(root)))) return FileText.Refused("The file is not in a folder that blueprints may read.");
            if (!File.Exists(real)) return FileText.Refused("The file does not exist.");
            await using var file = new FileStream(real, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[maxBytes + 1];
            var length = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
            return length > maxBytes ? FileText.Refused($"The file holds more than {maxBytes} bytes.") : Decode(bytes.AsSpan(0, length));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return FileText.Refused("The file cannot be read.");
        }
    }

    static FileText Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var text = Utf8.GetString(bytes);
            return text.Contains('\0', StringComparison.Ordinal) ? FileText.Refused("The file is not text.") : new FileText(text, null);
        }
        catch (DecoderFallbackException)
        {
            return FileText.Refused("The file is not UTF-8 text.");
        }
    }

    static bool IsBelow(string path, string root) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // Resolves every link on the way, folder by folder.
    static string Real(string path)
    {
        var full = Path.GetFullPath(path);
        var parent = Path.GetDirectoryName(full);
        if (parent is null) return full;
        var here = Path.Combine(Real(parent), Path.GetFileName(full));
        FileSystemInfo entry = System.IO.Directory.Exists(here) ? new DirectoryInfo(here) : new FileInfo(here);
        var target = entry.LinkTarget is null ? null : entry.ResolveLinkTarget(returnFinalTarget: true);
        return target is null ? here : Real(target.FullName);
    }
}
