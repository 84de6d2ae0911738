using Postern.Tests.Integration.Authenticators;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Processes;

/// <summary>The rehearsal of a lost machine: a running server is backed up, another is made of the file, and people sign in to it.</summary>
[Trait("Guide", "backup")]
[Trait("Fault", "F24")]
public sealed class BackupCommandTests : IDisposable
{
    readonly DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("postern-backup-");

    string Old => Path.Combine(folder.FullName, "old");

    string New => Path.Combine(folder.FullName, "new");

    string Backup => Path.Combine(folder.FullName, "backup.zip");

    [Fact]
    public async Task A_running_server_is_backed_up_and_people_sign_in_to_what_is_restored()
    {
        await InstalledFolder.CopyToAsync(Old);
        await using (var server = ServerProcess.Start(Old))
        {
            await server.AnswersAsync();
            System.IO.Directory.CreateDirectory(Path.Combine(Old, "templates"));
            await File.WriteAllTextAsync(Path.Combine(Old, "templates", "own.html"), "<p>ours</p>", TestContext.Current.CancellationToken);
            var written = await RunAsync(Old, "backup", Backup);
            written.Code.ShouldBe(0, written.Errors);
            written.Output.ShouldContain($"Keep the secret key apart from it: {Path.Combine(Old, "secret_key")}.");
            File.GetUnixFileMode(Backup).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            (await RunAsync(Old, "backup", Backup)).Errors.ShouldContain("is not written over another file");
            await server.TerminateAsync();
        }
        var without = await RunAsync(New, "restore", Backup);
        (without.Code, without.Errors).ShouldSatisfyAllConditions(r => r.Code.ShouldBe(1), r => r.Errors.ShouldContain("put the file secret_key of the old data folder into the new one"));
        System.IO.Directory.Exists(New).ShouldBeFalse();

        System.IO.Directory.CreateDirectory(New);
        File.Copy(Path.Combine(Old, "secret_key"), Path.Combine(New, "secret_key"));
        var restored = await RunAsync(New, "restore", Backup, "--verify");
        restored.Code.ShouldBe(0, restored.Errors);
        restored.Output.ShouldMatch("Checksums and row counts are right, and all [1-9][0-9]* sealed secrets open.");
        (await File.ReadAllTextAsync(Path.Combine(New, "templates", "own.html"), TestContext.Current.CancellationToken)).ShouldBe("<p>ours</p>");
        (await RunAsync(New, "restore", Backup)).Errors.ShouldContain("The database is not empty");

        await using var again = ServerProcess.Start(New);
        using var visitor = new Visitor(await again.AnswersAsync());
        await visitor.SignInAsync("akadmin", "default-authentication-flow", InstalledFolder.Password);
        (await visitor.WhoAsync()).ShouldBe("akadmin");
        await again.TerminateAsync();
    }

    [Fact]
    public async Task A_backup_with_its_key_is_rehearsed_anywhere_and_leaves_nothing()
    {
        await InstalledFolder.CopyToAsync(Old);
        (await RunAsync(Old, "backup", Backup, "--with-secret-key")).Output.ShouldNotContain("Keep the secret key apart");

        var rehearsed = await RunAsync(New, "restore", Backup, "--dry-run", "--verify");

        rehearsed.Code.ShouldBe(0, rehearsed.Errors);
        rehearsed.Output.ShouldContain("Could be restored: ");
        rehearsed.Output.ShouldContain("Nothing was changed.");
        System.IO.Directory.Exists(New).ShouldBeFalse();
        (await RunAsync(New, "restore", Backup)).Code.ShouldBe(0);
        (await File.ReadAllTextAsync(Path.Combine(New, "secret_key"), TestContext.Current.CancellationToken)).ShouldBe(await File.ReadAllTextAsync(Path.Combine(Old, "secret_key"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Where_there_is_no_installation_nothing_is_made()
    {
        var refused = await RunAsync(Old, "backup", Backup);

        (refused.Code, refused.Errors).ShouldSatisfyAllConditions(r => r.Code.ShouldBe(1), r => r.Errors.ShouldContain($"There is no installation in {Old}."));
        System.IO.Directory.Exists(Old).ShouldBeFalse();
        File.Exists(Backup).ShouldBeFalse();
    }

    public void Dispose() => folder.Delete(recursive: true);

    static Task<ProgramRun> RunAsync(string data, params string[] arguments) =>
        ProgramRun.OfAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["POSTERN_DATA"] = data }, arguments);
}
