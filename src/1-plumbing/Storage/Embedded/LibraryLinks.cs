using System.Text.Json;

namespace Postern.Storage.Embedded;

/// <summary>
/// npm archives cannot hold symbolic links, so the packaged PostgreSQL lists its library links in a file that its install script
/// turns into links. Install scripts are often switched off; then the links are made here.
/// </summary>
internal static class LibraryLinks
{
    public static void Restore(string root)
    {
        var list = Path.Combine(root, "pg-symlinks.json");
        if (!File.Exists(list))
            return;

        var links = JsonSerializer.Deserialize<Link[]>(File.ReadAllText(list), JsonSerializerOptions.Web) ?? [];
        foreach (var link in links)
        {
            // Entries are relative to the package, whose PostgreSQL folder has the name it had when packed ("native").
            var path = Rebase(link.Target, root);
            if (File.Exists(path))
                continue;
            try
            {
                File.CreateSymbolicLink(path, Path.GetFileName(link.Source));
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process made it in the meantime.
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new EmbeddedPostgresException($"The library link {path} is missing and cannot be made ({error.Message}). Run ./dev setup as the owner.", error);
            }
        }
    }

    static string Rebase(string entry, string root)
    {
        var slash = entry.IndexOf('/', StringComparison.Ordinal);
        return Path.Combine(root, entry[(slash + 1)..]);
    }

    sealed record Link(string Source, string Target);
}
