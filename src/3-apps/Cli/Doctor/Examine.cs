using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Postern.Kernel.Settings;
using Postern.Storage.Checks;
using Postern.Storage.Embedded;
using Postern.Storage.Migrations;

namespace Postern.Cli.Doctor;

/// <summary>Goes from the outside in: settings, database, schema, then every check that the slices declare. What cannot be looked at is itself a finding.</summary>
sealed class Examine(Installation here)
{
    public async Task<IReadOnlyList<Line>> ExecuteAsync(CancellationToken cancellation)
    {
        if (!here.Read().Succeeded(out var settings, out var fault))
            return [new("settings", Finding.Error(here.Explain(fault), "Mend the environment; docs/guide/configuration.md lists every name."))];
        List<Line> lines = [.. Settings(settings)];
        try
        {
            await using var database = await here.OpenBesideAsync(settings, cancellation);
            var schema = await SchemaAsync(database.Pools.Requests, cancellation);
            lines.Add(new("schema", schema));
            await using var app = here.Build(settings, database.Pools);
            await using var scope = app.Services.CreateAsyncScope();
            foreach (var check in scope.ServiceProvider.GetServices<ICheck>().Where(c => schema.Level is Level.Good || !c.NeedsSchema))
                lines.AddRange(await RunAsync(check, cancellation));
        }
        catch (Exception e) when (e is NpgsqlException or EmbeddedPostgresException or IOException or UnauthorizedAccessException)
        {
            lines.Add(new("database", Finding.Error($"The database cannot be used: {e.Message}", "Start it, or set POSTGRESQL__HOST and its siblings, or DATA.")));
        }
        return lines;
    }

    static IEnumerable<Line> Settings(PosternSettings settings) => settings.Notes.Count > 0
        ? settings.Notes.Select(n => new Line("settings", Finding.Warning(n, "Take it out of the environment.")))
        : [new("settings", Finding.Good("The settings are understood."))];

    async Task<Finding> SchemaAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        try
        {
            return await MigrationRunner.PendingAsync(database, FindMigrations.In(here.Migrations), cancellation) is { Count: > 0 } pending
                ? Finding.Warning($"The schema is older than this program: {string.Join(", ", pending)} will be applied at the next start. Checks that need them were left out.", "Back up, then start the server.")
                : Finding.Good($"The schema is that of version {ProgramVersion.Text}.");
        }
        catch (MigrationException e)
        {
            return Finding.Error(e.Message, "Run the version that the database belongs to.");
        }
    }

    static async Task<IEnumerable<Line>> RunAsync(ICheck check, CancellationToken cancellation)
    {
        try
        {
            return (await check.ExecuteAsync(cancellation)).Select(f => new Line(check.Name, f));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return [new Line(check.Name, Finding.Error($"It cannot be looked at: {e.GetBaseException().Message}", "Mend that first, then ask again."))];
        }
    }
}

/// <summary>A finding and the name of the check that made it.</summary>
sealed record Line(string Check, Finding Finding);
