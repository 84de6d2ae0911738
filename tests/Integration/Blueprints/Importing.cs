using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Blueprints.Importing;
using Postern.Blueprints.Reading;
using Postern.Directory.Groups;
using Postern.Directory.Users;
using Postern.Kernel.Access;
using Postern.Storage;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Blueprints;

/// <summary>Short ways to import and to look at what came of it.</summary>
internal static class Importing
{
    public static Task<ImportReport> ImportAsync(
        this TestServer server, string yaml, bool dryRun = false, bool trusted = false, JsonObject? context = null, Caller? caller = null) =>
        server.InScopeAsync(services =>
        {
            var reading = BlueprintReader.Read(yaml);
            reading.Problems.ShouldBeEmpty();
            var request = new ImportRequest(reading.Blueprint!, caller ?? Caller.System) { DryRun = dryRun, IsTrusted = trusted, Context = context };
            return services.GetRequiredService<ImportBlueprint>().ExecuteAsync(request, TestContext.Current.CancellationToken);
        });

    /// <summary>What became of each entry: <c>model action</c>.</summary>
    public static string[] Actions(this ImportReport report) => [.. report.Entries.Select(entry => $"{entry.Model} {entry.Action}")];

    /// <summary>Every problem with its line.</summary>
    public static string[] Problems(this ImportReport report) => [.. report.Entries.SelectMany(entry => entry.Problems).Select(problem => $"{problem.Line}: {problem.Message}")];

    /// <summary>Every warning with its line.</summary>
    public static string[] Warnings(this ImportReport report) => [.. report.Entries.SelectMany(entry => entry.Warnings).Select(problem => $"{problem.Line}: {problem.Message}")];

    public static Task<Group?> GroupAsync(this TestServer server, string name) => server.InScopeAsync(services =>
        services.GetRequiredService<PosternDb>().Set<Group>().AsNoTracking().SingleOrDefaultAsync(group => group.Name == name, TestContext.Current.CancellationToken));

    public static Task<User?> UserAsync(this TestServer server, string username) => server.InScopeAsync(services =>
        services.GetRequiredService<PosternDb>().Set<User>().AsNoTracking().SingleOrDefaultAsync(user => user.Username == username, TestContext.Current.CancellationToken));

    public static Task<long> CountAsync(this TestServer server, string table) => server.Database.ScalarAsync<long>($"SELECT count(*) FROM \"{table}\"");
}
