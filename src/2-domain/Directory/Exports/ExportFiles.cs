using Postern.Kernel.Settings;

namespace Postern.Directory.Exports;

/// <summary>Where the files of exports lie: in the data folder, which several nodes must share for all of them to offer all files.</summary>
public sealed class ExportFiles(PosternSettings settings)
{
    string Folder => Path.Combine(settings.DataRoot, "exports");

    string Finished(Guid export) => Path.Combine(Folder, $"{export:N}.csv");

    string Unfinished(Guid export) => Path.Combine(Folder, $"{export:N}.part");

    /// <summary>A new file that nobody sees before it is finished; readable by this process's user alone.</summary>
    internal FileStream Begin(Guid export)
    {
        var folder = System.IO.Directory.CreateDirectory(Folder);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 1 << 16, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        return new FileStream(Unfinished(export), options);
    }

    /// <summary>Puts the finished file in place and answers its size in bytes.</summary>
    internal long Finish(Guid export)
    {
        File.Move(Unfinished(export), Finished(export), overwrite: true);
        return new FileInfo(Finished(export)).Length;
    }

    internal void Delete(Guid export)
    {
        // Before the first export there is no folder, and deleting in it would fail.
        if (!System.IO.Directory.Exists(Folder))
            return;
        File.Delete(Finished(export));
        File.Delete(Unfinished(export));
    }

    /// <summary>Null when the file is not on this node.</summary>
    public FileStream? Open(Guid export) => File.Exists(Finished(export))
        ? new FileStream(Finished(export), new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read | FileShare.Delete, Options = FileOptions.Asynchronous | FileOptions.SequentialScan })
        : null;

    /// <summary>Every export of which a file lies here, finished or not.</summary>
    internal IReadOnlyList<Guid> All => System.IO.Directory.Exists(Folder)
        ? [.. System.IO.Directory.EnumerateFiles(Folder).Select(f => Guid.TryParseExact(Path.GetFileNameWithoutExtension(f), "N", out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).Distinct()]
        : [];
}
