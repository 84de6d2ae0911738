using Npgsql;

namespace Postern.OAuth2.Tokens;

/// <summary>Remembers names that may be used once, on all nodes, for as long as they could be used.</summary>
sealed class OnceOnly(NpgsqlDataSource database)
{
    /// <summary>True for the first use of the name.</summary>
    public async Task<bool> UseAsync(string name, DateTimeOffset until, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("INSERT INTO oauth2_used_name (hash, expires) VALUES ($1, $2) ON CONFLICT DO NOTHING");
        command.Parameters.Add(new() { Value = TokenText.HashOf(name) });
        command.Parameters.Add(new() { Value = until });
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }
}
