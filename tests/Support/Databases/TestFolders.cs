using Postern.Storage.Embedded;

namespace Postern.Tests.Support.Databases;

/// <summary>Folders of test data, in memory where there is room for them, else in the temporary folder; those of killed runs are cleared by the next one.</summary>
internal static class TestFolders
{
    const string prefix = "postern-tests-";
    const string memory = "/dev/shm";
    const long room = 4L << 30;

    public static string Create()
    {
        var place = System.IO.Directory.Exists(memory) && new DriveInfo(memory).AvailableFreeSpace > room ? memory : Path.GetTempPath();
        foreach (var left in System.IO.Directory.GetDirectories(place, prefix + "*"))
            DeleteIfUnused(left);
        return System.IO.Directory.CreateDirectory(Path.Combine(place, prefix + Path.GetRandomFileName()), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }

    static void DeleteIfUnused(string folder)
    {
        try
        {
            using (DataFolderLock.Take(folder))
            {
                // A folder without a cluster may belong to a run that is about to make one.
                if (!File.Exists(Path.Combine(folder, "postgres", "PG_VERSION")))
                    return;
            }

            System.IO.Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is EmbeddedPostgresException or IOException or UnauthorizedAccessException)
        {
            // In use, or somebody else's.
        }
    }
}
