using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Postern.Storage.Backups;
using Postern.Storage.Migrations;
using Postern.Storage.Sealing;

namespace Postern.Cli.Backups;

/// <summary><c>restore</c>: puts a backup into an empty database, all of it or nothing.</summary>
public static class RestoreCommand
{
    public static Command Create(Installation here)
    {
        var file = new Argument<FileInfo>("file") { Description = "The backup." };
        var verify = new Option<bool>("--verify") { Description = "Also open every sealed secret with the secret key. Checksums and row counts are checked in any case." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Rehearse: restore into a private database in a temporary folder, and throw that away." };
        var command = new Command("restore", "Put a backup into an empty database. Its server must not run.") { file, verify, dryRun };
        command.SetAction(async (parsed, cancellation) =>
        {
            var rehearsal = parsed.GetValue(dryRun) ? System.IO.Directory.CreateTempSubdirectory("postern-rehearsal-") : null;
            try
            {
                return await here.RunAsync(
                    async settings =>
                    {
                        var place = rehearsal is null ? settings : settings with { DataRoot = rehearsal.FullName, Postgres = null, SecretKey = BackupKey.Of(settings)?.Secret };
                        await using var backup = await BackupFile.OpenAsync(parsed.GetRequiredValue(file).FullName, BackupKey.Of(place), cancellation);
                        await using var database = await here.OpenAsync(place, cancellation);
                        var restore = new RestoreBackup(database.Pools.Requests, place, FindMigrations.In(here.Migrations), here.Declarations().GetRequiredService<SealedPlaces>());
                        var restored = await restore.ExecuteAsync(backup, parsed.GetValue(verify), keep: rehearsal is null, cancellation);
                        Tell(backup.Manifest, restored, rehearsal is not null, parsed.GetValue(verify));
                        return 0;
                    },
                    cancellation);
            }
            finally
            {
                rehearsal?.Delete(recursive: true);
            }
        });
        return command;
    }

    static void Tell(BackupManifest manifest, RestoredBackup restored, bool rehearsed, bool verified)
    {
        var what = string.Create(CultureInfo.InvariantCulture, $"version {manifest.Version} of {manifest.CreatedAt:yyyy-MM-dd HH:mm} UTC, {restored.Tables} tables, {restored.Rows} rows");
        Console.WriteLine(rehearsed ? $"Could be restored: {what}. Nothing was changed." : $"Restored: {what}.");
        if (verified)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Checksums and row counts are right, and all {restored.Secrets} sealed secrets open."));
    }
}
