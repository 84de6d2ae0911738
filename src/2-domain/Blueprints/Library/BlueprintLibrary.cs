using Microsoft.Extensions.Logging;

namespace Postern.Blueprints.Library;

/// <summary>The blueprint files of this installation: those that ship with it, and those of the configured folder, which win on the same path.</summary>
public sealed class BlueprintLibrary(BlueprintSettings settings, ILogger<BlueprintLibrary> log)
{
    const string Extension = ".yaml";

    /// <summary>Every file, in the order of their paths. Files that cannot be read or are too large are left out with a warning.</summary>
    public async Task<IReadOnlyList<BlueprintFile>> ListAsync(CancellationToken cancellation)
    {
        var files = new Dictionary<string, BlueprintFile>(ShippedFiles.All, StringComparer.Ordinal);
        foreach (var path in FolderPaths())
        {
            if (await ReadAsync(path, cancellation) is { } file)
                files[path] = file;
        }

        return [.. files.Values.OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    /// <summary>One file by its path; null when there is none.</summary>
    public async Task<BlueprintFile?> FindAsync(string path, CancellationToken cancellation) =>
        FolderPaths().Contains(path, StringComparer.Ordinal) ? await ReadAsync(path, cancellation) : ShippedFiles.All.GetValueOrDefault(path);

    // Paths with a part that begins with a dot belong to tools (version control, mounted config maps).
    List<string> FolderPaths()
    {
        if (settings.Folder is not { } folder || !System.IO.Directory.Exists(folder))
            return [];
        try
        {
            return [.. System.IO.Directory.EnumerateFiles(folder, "*" + Extension, SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'))
                .Where(path => !path.Split('/').Any(part => part.StartsWith('.')))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            log.FolderUnreadable(folder, failure.Message);
            return [];
        }
    }

    async Task<BlueprintFile?> ReadAsync(string path, CancellationToken cancellation)
    {
        var file = new FileInfo(Path.Combine(settings.Folder!, path));
        try
        {
            if (file.Length <= settings.Limits.MaxBytes)
                return new BlueprintFile(path, new DateTimeOffset(file.LastWriteTimeUtc), await File.ReadAllBytesAsync(file.FullName, cancellation));
            log.FileTooLarge(path, settings.Limits.MaxBytes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            log.FileUnreadable(path, failure.Message);
        }

        return null;
    }
}
