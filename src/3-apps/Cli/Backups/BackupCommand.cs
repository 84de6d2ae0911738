using System.CommandLine;
using System.Globalization;
using Postern.Storage.Backups;
using Postern.Storage.Opening;

namespace Postern.Cli.Backups;

/// <summary><c>backup</c>: writes the whole installation into one file, while its server goes on.</summary>
public static class BackupCommand
{
    public static Command Create(Installation here)
    {
        var file = new Argument<FileInfo>("file") { Description = "Where the backup goes." };
        var withKey = new Option<bool>("--with-secret-key") { Description = "Put the secret key into it too. Whoever reads such a file can read every secret in it." };
        var command = new Command("backup", "Write the database and the files of this installation into one file.") { file, withKey };
        command.SetAction((parsed, cancellation) => here.RunAsync(
            async settings =>
            {
                await using var database = await here.OpenBesideAsync(settings, cancellation);
                var path = parsed.GetRequiredValue(file).FullName;
                var written = await new WriteBackup(database.Pools.Requests, settings, here.Clock).ExecuteAsync(path, parsed.GetValue(withKey), cancellation);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Written: {path}, {written.Tables.Count} tables, {written.Rows} rows, {written.Files.Count} files."));
                if (!parsed.GetValue(withKey))
                    Console.WriteLine($"Keep the secret key apart from it: {(settings.SecretKey is null ? SecretKeyFile.PathIn(settings.DataRoot) : "the setting SECRET_KEY")}. Without that key the backup cannot be restored.");
                return 0;
            },
            cancellation));
        return command;
    }
}
