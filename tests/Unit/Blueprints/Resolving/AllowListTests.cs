using Postern.Blueprints.Resolving;

namespace Postern.Tests.Unit.Blueprints.Resolving;

/// <summary>Blueprints read only the variables and files they were given.</summary>
[Trait("Fault", "F20")]
public sealed class AllowListTests : IDisposable
{
    readonly DirectoryInfo root = System.IO.Directory.CreateTempSubdirectory("postern-blueprint-files-");

    public void Dispose() => root.Delete(recursive: true);

    [Theory]
    [InlineData("AUTHENTIK_BOOTSTRAP_TOKEN", true, "token")]
    [InlineData("POSTERN_BOOTSTRAP_TOKEN", true, "token")]
    [InlineData("AUTHENTIK_BLUEPRINT_NOTHING", true, null)]
    [InlineData("POSTERN_SECRET_KEY", false, null)]
    [InlineData("AUTHENTIK_POSTGRESQL__PASSWORD", false, null)]
    [InlineData("PATH", false, null)]
    public void Only_listed_variables_are_read(string name, bool isAllowed, string? expected)
    {
        var set = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["POSTERN_BOOTSTRAP_TOKEN"] = "token",
            ["POSTERN_SECRET_KEY"] = "secret",
            ["AUTHENTIK_POSTGRESQL__PASSWORD"] = "secret",
            ["PATH"] = "/bin",
        };
        var environment = new AllowListedEnvironment(AllowListedEnvironment.DefaultPatterns, set.GetValueOrDefault);

        environment.TryGet(name, out var value).ShouldBe(isAllowed);

        value.ShouldBe(expected);
    }

    [Fact]
    public async Task Only_files_below_listed_folders_are_read()
    {
        var inside = Folder("inside");
        var outside = Folder("inside-not");
        File.WriteAllText(Path.Combine(inside, "key"), "value");
        File.WriteAllText(Path.Combine(outside, "key"), "secret");
        File.CreateSymbolicLink(Path.Combine(inside, "link"), Path.Combine(outside, "key"));
        System.IO.Directory.CreateSymbolicLink(Path.Combine(inside, "folder"), outside);
        var files = new AllowListedFiles([inside]);

        (await Read(files, Path.Combine(inside, "key"))).Text.ShouldBe("value");
        (await Read(files, Path.Combine(outside, "key"))).Refusal.ShouldBe("The file is not in a folder that blueprints may read.");
        (await Read(files, Path.Combine(inside, "..", "inside-not", "key"))).Refusal.ShouldBe("The file is not in a folder that blueprints may read.");
        (await Read(files, Path.Combine(inside, "link"))).Refusal.ShouldBe("The file is not in a folder that blueprints may read.");
        (await Read(files, Path.Combine(inside, "folder", "key"))).Refusal.ShouldBe("The file is not in a folder that blueprints may read.");
        (await Read(files, Path.Combine(inside, "none"))).Refusal.ShouldBe("The file does not exist.");
        (await Read(files, "key")).Refusal.ShouldBe("The path must be absolute.");
    }

    [Fact]
    public async Task Large_and_binary_files_are_refused()
    {
        var inside = Folder("sizes");
        File.WriteAllText(Path.Combine(inside, "large"), new string('x', 101));
        File.WriteAllBytes(Path.Combine(inside, "binary"), [0xFF, 0xFE, 0x00]);
        var files = new AllowListedFiles([inside], maxBytes: 100);

        (await Read(files, Path.Combine(inside, "large"))).Refusal.ShouldBe("The file holds more than 100 bytes.");
        (await Read(files, Path.Combine(inside, "binary"))).Refusal.ShouldBe("The file is not UTF-8 text.");
    }

    string Folder(string name) => root.CreateSubdirectory(name).FullName;

    static async Task<FileText> Read(AllowListedFiles files, string path) => await files.ReadAsync(path, TestContext.Current.CancellationToken);
}
