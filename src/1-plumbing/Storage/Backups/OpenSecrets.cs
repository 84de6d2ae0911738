using Npgsql;
using Postern.Storage.Opening;
using Postern.Storage.Sealing;

namespace Postern.Storage.Backups;

/// <summary>Opens every sealed secret of a database.</summary>
sealed class OpenSecrets(SecretSeal seal, SealedPlaces places)
{
    /// <summary>How many there are. Each must open, or it is refused.</summary>
    public async Task<long> ExecuteAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var opened = 0L;
        // The schema may be one of before.
        var there = (await Catalogue.TablesAsync(connection, cancellation)).ToDictionary(t => t.Name, t => t.Columns, StringComparer.Ordinal);
        foreach (var column in places.All.Where(c => there.GetValueOrDefault(c.Table, []).Contains(c.Column, StringComparer.Ordinal)))
        {
            await using var command = new NpgsqlCommand($"SELECT {column.Text} {column.Rows} AND {column.Text} LIKE '{SecretSeal.Prefix}%'", connection) { CommandTimeout = 0 };
            await using var rows = await command.ExecuteReaderAsync(cancellation);
            while (await rows.ReadAsync(cancellation))
            {
                if (seal.Open(rows.GetString(0), column.Purpose) is null)
                    throw new BackupRefused($"A secret in the table {column.Table} does not open under the secret key of this installation. Nothing was restored.");
                opened++;
            }
        }
        return opened;
    }
}
