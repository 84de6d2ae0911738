using Npgsql;
using Postern.Server.Hosting;
using Postern.Storage.Migrations;
using Postern.Tests.Support.Databases;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Processes;

/// <summary>Lets the real program work on the database of a test server.</summary>
static class ProgramBeside
{
    /// <summary>The environment for it. Databases of tests carry the portal's tables too, which the program does not know; they are struck from its record.</summary>
    public static async Task<Dictionary<string, string>> EnvironmentAsync(TestServer server, DirectoryInfo data)
    {
        var own = FindMigrations.In(Modules.Assemblies).Select(m => m.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var other in FindMigrations.In(TestCluster.ProductAssemblies).Where(m => !own.Contains(m.Name)))
            await server.Database.ExecuteAsync($"DELETE FROM schema_migration WHERE name = '{other.Name}'");
        var connection = new NpgsqlConnectionStringBuilder(server.Database.ConnectionString);
        return new(StringComparer.Ordinal)
        {
            ["POSTERN_DATA"] = data.FullName,
            ["POSTERN_POSTGRESQL__HOST"] = connection.Host!,
            ["POSTERN_POSTGRESQL__NAME"] = connection.Database!,
            ["POSTERN_POSTGRESQL__USER"] = connection.Username!,
            ["POSTERN_SECRET_KEY"] = "the secret key of all test servers, long enough",
        };
    }
}
