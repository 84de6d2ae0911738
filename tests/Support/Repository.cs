namespace Postern.Tests.Support;

/// <summary>The folder of the sources this test was built from.</summary>
public static class Repository
{
    public static string Folder { get; } = Find(AppContext.BaseDirectory);

    public static string ReadText(string path) => File.ReadAllText(Path.Combine(Folder, path));

    static string Find(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, "Postern.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("Not inside the repository");
    }
}
