using System.Globalization;
using Postern.Kernel.Settings;
using Postern.Storage.Backups;
using Postern.Storage.Opening;
using Postern.Storage.Sealing;

namespace Postern.Storage.Checks;

/// <summary>The secret key: there, long enough, kept to oneself, and the one that sealed what the database holds.</summary>
sealed class SecretKeyCheck(HostSettings settings, Npgsql.NpgsqlDataSource database, SealedPlaces secrets) : ICheck
{
    const int Shortest = 32;
    const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public string Name => "secret key";

    public async Task<IReadOnlyList<Finding>> ExecuteAsync(CancellationToken cancellation)
    {
        if (BackupKey.Of(settings) is not { } key)
            return [Finding.Error("There is no secret key, neither in SECRET_KEY nor in the data folder.", "Restore the one that this database was used with; with a new one its secrets stay closed.")];
        List<Finding> findings = [];
        if (key.Secret.Reveal.Length < Shortest)
        {
            findings.Add(Finding.Warning(
                string.Create(CultureInfo.InvariantCulture, $"The secret key has {key.Secret.Reveal.Length} characters."),
                string.Create(CultureInfo.InvariantCulture, $"Take one of at least {Shortest} random ones, and name this one in SECRET_KEY_PREVIOUS: stored secrets are sealed anew.")));
        }
        var file = SecretKeyFile.PathIn(settings.DataRoot);
        if (settings.SecretKey is null && (File.GetUnixFileMode(file) & ~owner) != UnixFileMode.None)
            findings.Add(Finding.Error($"Others on this machine can read {file}.", $"chmod 600 {file}"));
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            await new OpenSecrets(key.Seal, secrets).ExecuteAsync(connection, cancellation);
        }
        catch (BackupRefused)
        {
            findings.Add(Finding.Error("Secrets in the database were sealed under another secret key.", "Set the SECRET_KEY, or restore the file secret_key, that this database was used with."));
        }
        return findings.Count > 0 ? findings : [Finding.Good("The secret key is long enough and opens all sealed secrets.")];
    }
}
