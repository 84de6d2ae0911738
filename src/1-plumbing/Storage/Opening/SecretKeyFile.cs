using System.Runtime.InteropServices;
using Postern.Kernel.Values;

namespace Postern.Storage.Opening;

/// <summary>The instance's secret key where the settings give none: made once and kept in the data folder, readable by its owner only.</summary>
public static partial class SecretKeyFile
{
    // About 300 bits.
    const int length = 50;
    const int exists = 17;

    public static Secret LoadOrCreate(string dataRoot) => Find(dataRoot) ?? Keep(dataRoot, new Secret(RandomText.Alphanumeric(length)));

    /// <summary>The key in a data folder; null where there is none.</summary>
    public static Secret? Find(string dataRoot) => Read(PathIn(dataRoot));

    /// <summary>Makes this the key of a data folder that has none, and answers the key it has then: another process may have been faster.</summary>
    public static Secret Keep(string dataRoot, Secret key)
    {
        var path = PathIn(dataRoot);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // Written whole under another name and then linked into place: of two processes starting at once one wins, and nobody reads half a key.
        var draft = $"{path}.{RandomText.Alphanumeric(8)}";
        using (var stream = new FileStream(draft, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        using (var writer = new StreamWriter(stream))
        {
            writer.Write(key.Reveal);
        }

        try
        {
            if (Link(draft, path) != 0 && Marshal.GetLastPInvokeError() is not exists)
                throw new IOException($"The secret key file {path} cannot be made: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
        }
        finally
        {
            File.Delete(draft);
        }

        return Read(path) ?? throw new InvalidDataException($"The secret key file {path} is empty. Restore it from a backup, or delete it to make a new key.");
    }

    /// <summary>Where the file is.</summary>
    public static string PathIn(string dataRoot) => Path.Combine(Path.GetFullPath(dataRoot), "secret_key");

    static Secret? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        var text = File.ReadAllText(path).Trim();
        return text.Length > 0 ? new Secret(text) : null;
    }

    // The framework's File.Move looks first and renames then, so that of two at once the later overwrites.
    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Link(string existing, string name);
}
