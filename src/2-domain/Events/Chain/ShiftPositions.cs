using Npgsql;
using Postern.Api;

namespace Postern.Events.Chain;

/// <summary>Makes positions go on rising in a database that was restored into another server, whose transactions count from the start.</summary>
sealed class ShiftPositions(NpgsqlDataSource database) : IStartTask
{
    const string Statement = """
        WITH reached AS (
            SELECT greatest((SELECT max(last_position) FROM event_seal), (SELECT max(position) FROM event WHERE NOT from_outside)) - pg_snapshot_xmax(pg_current_snapshot())::text::bigint + 1 AS needed
        )
        UPDATE event_shift SET value = needed FROM reached WHERE needed > value
        """;

    // Before anything that writes an event.
    public int Order => -10;

    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Statement);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
