using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Blueprints.Instances;
using Postern.Storage;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Blueprints;

/// <summary>The content the product ships with is complete after the first start, and applying it again changes nothing.</summary>
public sealed class ShippedTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Everything_is_applied_at_the_first_start()
    {
        var instances = await InstancesAsync();

        instances.Select(instance => $"{instance.Path}: {instance.Status} {Problems(instance)}").ShouldBe(instances.Select(instance => $"{instance.Path}: Successful "));
        instances.Count.ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Applying_it_again_changes_nothing()
    {
        foreach (var instance in await InstancesAsync())
        {
            var report = await fixture.Server.InScopeAsync(services =>
                services.GetRequiredService<ApplyInstance>().ExecuteAsync(instance.Pk, onlyIfChanged: false, TestContext.Current.CancellationToken));

            report!.Entries.Select(entry => $"{instance.Path} {entry.Line} {entry.Model} {entry.Action} {entry.Changes.ToJsonString()}")
                .Where(entry => entry.Contains("Created", StringComparison.Ordinal) || entry.Contains("Updated", StringComparison.Ordinal)).ShouldBeEmpty();
        }
    }

    Task<List<BlueprintInstance>> InstancesAsync() => fixture.Server.InScopeAsync(services =>
        services.GetRequiredService<PosternDb>().Set<BlueprintInstance>().AsNoTracking().OrderBy(b => b.Path).ToListAsync(TestContext.Current.CancellationToken));

    static string Problems(BlueprintInstance instance) => instance.Report["success"]?.GetValue<bool>() is true && instance.Status is BlueprintStatus.Successful
        ? ""
        : string.Join("; ", instance.Report["problems"]!.AsArray().Concat(instance.Report["entries"]!.AsArray().SelectMany(entry => entry!["problems"]!.AsArray().Concat(entry["warnings"]!.AsArray())))
            .Select(problem => $"{problem!["line"]}: {problem["message"]}"));
}
