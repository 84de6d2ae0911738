namespace Postern.Storage.Embedded;

/// <summary>Held by the one server that uses a data folder; the kernel lets go of it when that server ends, however it ends.</summary>
internal sealed class DataFolderLock : IDisposable
{
    readonly FileStream file;

    DataFolderLock(FileStream file) => this.file = file;

    public static DataFolderLock Take(string dataRoot)
    {
        var path = Path.Combine(dataRoot, "lock");
        try
        {
            return new DataFolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error) when (File.Exists(path))
        {
            throw new EmbeddedPostgresException(
                $"The data folder {dataRoot} is in use by another running server. Give this one a folder of its own with the setting DATA, " +
                "or share one database between several servers with POSTGRESQL__HOST.", error);
        }
    }

    public void Dispose() => file.Dispose();
}
