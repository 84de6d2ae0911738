using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Blueprints.Instances;
using Postern.Storage;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Blueprints;

/// <summary>Files of the blueprints folder become instances, are applied in a useful order, and are applied again when they change.</summary>
public sealed class DiscoveryTests : IAsyncLifetime
{
    readonly DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("postern-blueprints-");
    TestServer server = null!;

    public async ValueTask InitializeAsync()
    {
        // The names are in the wrong order on purpose.
        Write("a-needs.yaml", """
            metadata: {name: Needs others}
            entries:
              - {model: authentik_blueprints.metaapplyblueprint, attrs: {identifiers: {name: Makes the parent}}}
              - {model: authentik_core.group, identifiers: {name: Needing}, attrs: {parents: [!Find [authentik_core.group, [name, Needed parent]], !Find [authentik_core.group, [name, Found parent]]]}}
            """);
        Write("sub/makes.yaml", "metadata: {name: Makes the parent}\nentries: [{model: authentik_core.group, identifiers: {name: Needed parent}}]");
        Write("z-makes.yaml", "metadata: {name: Makes another}\nentries: [{model: authentik_core.group, identifiers: {name: Found parent}}]");
        Write("example.yaml", "metadata: {name: Example, labels: {blueprints.goauthentik.io/instantiate: \"false\"}}\nentries: [{model: authentik_core.group, identifiers: {name: Not wanted}}]");
        Write("broken.yaml", "entries: [");
        Write("future.yaml", "version: 2\nentries: []");
        Write(".hidden/secret.yaml", "metadata: {name: Hidden}\nentries: []");
        Write("env.yaml", "metadata: {name: Env}\nentries: [{model: authentik_core.group, identifiers: {name: !Env [POSTERN_BLUEPRINT_GROUP, unset]}, attrs: {attributes: {secret: !Env [POSTERN_SECRET_KEY, kept]}}}]");
        server = await TestServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["POSTERN_BLUEPRINTS_DIR"] = folder.FullName,
            ["POSTERN_BLUEPRINT_GROUP"] = "From the environment",
            ["POSTERN_SECRET_KEY"] = new string('k', 50),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Files_are_applied_at_start_in_the_order_they_need()
    {
        var instances = (await InstancesAsync()).Where(instance => File.Exists(Path.Combine(folder.FullName, instance.Path))).ToList();

        instances.Select(instance => $"{instance.Path} {instance.Name} {instance.Status}").ShouldBe(
        [
            "a-needs.yaml Needs others Successful", "env.yaml Env Warning", "sub/makes.yaml Makes the parent Successful", "z-makes.yaml Makes another Successful",
        ]);
        (await server.Database.ScalarAsync<long>("SELECT count(*) FROM group_parent p JOIN \"group\" c ON c.pk = p.child_pk WHERE c.name = 'Needing'")).ShouldBe(2);
        (await server.GroupAsync("Not wanted")).ShouldBeNull();
        (await server.GroupAsync("From the environment"))!.Attributes["secret"]!.GetValue<string>().ShouldBe("kept");
        instances[0].ManagedModels.ShouldBe(["authentik_core.group"]);
        instances[0].LastAppliedHash.Length.ShouldBe(128);
        instances[0].Metadata["name"]!.GetValue<string>().ShouldBe("Needs others");
    }

    [Fact]
    public async Task Changed_files_are_applied_again_and_lost_ones_leave_their_objects()
    {
        Write("z-makes.yaml", "metadata: {name: Makes another}\nentries: [{model: authentik_core.group, identifiers: {name: Found later}}]");
        File.Delete(Path.Combine(folder.FullName, "env.yaml"));

        await DiscoverAsync(onlyIfChanged: true);

        (await server.GroupAsync("Found later")).ShouldNotBeNull();
        (await InstancesAsync()).ShouldNotContain(instance => instance.Path.Equals("env.yaml", StringComparison.Ordinal));
        (await server.GroupAsync("From the environment")).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_hourly_round_brings_back_what_was_changed_by_hand()
    {
        await server.Database.ExecuteAsync("DELETE FROM \"group\" WHERE name = 'Needed parent'");

        await DiscoverAsync(onlyIfChanged: true);
        (await server.GroupAsync("Needed parent")).ShouldBeNull();
        await DiscoverAsync(onlyIfChanged: false);

        (await server.GroupAsync("Needed parent")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_file_that_cannot_be_applied_says_why_and_changes_nothing()
    {
        Write("z-makes.yaml", "metadata: {name: Makes another}\nentries:\n  - {model: authentik_core.group, identifiers: {name: Half}}\n  - {model: authentik_core.nothing, identifiers: {name: x}}");

        await DiscoverAsync(onlyIfChanged: true);

        var instance = (await InstancesAsync()).Single(b => b.Path.Equals("z-makes.yaml", StringComparison.Ordinal));
        instance.Status.ShouldBe(BlueprintStatus.Error);
        instance.Report["entries"]![1]!["problems"]![0]!["message"]!.GetValue<string>().ShouldBe("App or Model does not exist: authentik_core.nothing");
        instance.Report["entries"]![1]!["line"]!.GetValue<int>().ShouldBe(4);
        (await server.GroupAsync("Half")).ShouldBeNull();
    }

    [Fact]
    public async Task Disabled_instances_are_left_alone()
    {
        await server.Database.ExecuteAsync("UPDATE blueprint_instance SET enabled = false WHERE path IN ('z-makes.yaml', 'sub/makes.yaml'); DELETE FROM \"group\" WHERE name IN ('Found parent', 'Needed parent')");

        await DiscoverAsync(onlyIfChanged: false);

        (await server.GroupAsync("Found parent")).ShouldBeNull();
        (await server.GroupAsync("Needed parent")).ShouldBeNull();
    }

    void Write(string path, string yaml)
    {
        var file = Path.Combine(folder.FullName, path);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, yaml);
    }

    Task<List<BlueprintInstance>> InstancesAsync() => server.InScopeAsync(services =>
        services.GetRequiredService<PosternDb>().Set<BlueprintInstance>().AsNoTracking().OrderBy(b => b.Path).ToListAsync(TestContext.Current.CancellationToken));

    Task<bool> DiscoverAsync(bool onlyIfChanged) => server.InScopeAsync(async services =>
    {
        await services.GetRequiredService<DiscoverBlueprints>().ExecuteAsync(onlyIfChanged, TestContext.Current.CancellationToken);
        return true;
    });
}
