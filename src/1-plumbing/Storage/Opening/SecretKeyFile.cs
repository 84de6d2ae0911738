using Postern.Kernel.Values;

namespace Postern.Storage.Opening;

/// <summary>The instance's secret key where the settings give none: made once and kept in the data folder, readable by its owner only.</summary>
public static class SecretKeyFile
{
    // About 300 bits.
    const int length = 50;

    public static Secret LoadOrCreate(string dataRoot)
    {
        var path = Path.Combine(Path.GetFullPath(dataRoot), "secret_key");
        if (Read(path) is { } kept)
            return kept;

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
            writer.Write(RandomText.Alphanumeric(length));
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }

        return Read(path) ?? throw new InvalidDataException($"The secret key file {path} is empty. Restore it from a backup, or delete it to make a new key.");
    }

    static Secret? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        var text = File.ReadAllText(path).Trim();
        return text.Length > 0 ? new Secret(text) : null;
    }
}
