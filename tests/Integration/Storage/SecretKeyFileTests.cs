using Postern.Storage.Opening;

namespace Postern.Tests.Integration.Storage;

public sealed class SecretKeyFileTests : IDisposable
{
    readonly DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("postern-key-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Is_made_once_and_for_the_owner_only()
    {
        var root = Path.Combine(folder.FullName, "data");
        var key = SecretKeyFile.LoadOrCreate(root);

        key.Reveal.Length.ShouldBe(50);
        SecretKeyFile.LoadOrCreate(root).ShouldBe(key);
        File.GetUnixFileMode(Path.Combine(root, "secret_key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        System.IO.Directory.GetFiles(root).Length.ShouldBe(1);
    }

    [Fact]
    public void Processes_starting_at_once_agree_on_it()
    {
        var keys = new string[16];
        Parallel.For(0, keys.Length, i => keys[i] = SecretKeyFile.LoadOrCreate(folder.FullName).Reveal);

        keys.Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
    }

    [Fact]
    public void An_empty_file_is_not_taken_for_a_key()
    {
        File.WriteAllText(Path.Combine(folder.FullName, "secret_key"), "");

        Should.Throw<InvalidDataException>(() => SecretKeyFile.LoadOrCreate(folder.FullName)).Message.ShouldContain("is empty");
    }
}
