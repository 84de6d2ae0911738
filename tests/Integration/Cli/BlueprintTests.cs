namespace Postern.Tests.Integration.Cli;

/// <summary><c>postern blueprint</c>, and the reference's names for its verbs.</summary>
public sealed class BlueprintTests(CliFixture cli) : IClassFixture<CliFixture>, IDisposable
{
    readonly DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("postern-cli-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_plan_says_what_applying_then_does()
    {
        var file = await WriteAsync("visitors.yaml", Groups("Visitors", "coffee"));
        var plan = (await cli.RunAsync("blueprint", "plan", file)).Done().Output;
        plan.ShouldBe("created\tauthentik_core.group\t{\"name\":\"Visitors\"}\nPlan: 1 created.");
        (await CountAsync("Visitors")).ShouldBe(0);
        (await cli.RunAsync("blueprint", "apply", file)).Done().Output.ShouldEndWith("Applied: 1 created.");
        (await CountAsync("Visitors")).ShouldBe(1);

        var changed = await WriteAsync("changed.yaml", Groups("Visitors", "tea"));
        var second = (await cli.RunAsync("blueprint", "plan", changed)).Done().Output;
        second.ShouldContain("updated\tauthentik_core.group");
        second.ShouldContain("tea");
        (await cli.RunAsync("blueprint", "plan", file, "--output", "json")).Done().Json["entries"]![0]!["action"]!.ToString().ShouldBe("unchanged");
    }

    [Theory]
    [InlineData("blueprint", "apply")]
    [InlineData("apply_blueprint")]
    [InlineData("import_blueprint")]
    public async Task Files_of_the_installation_are_applied_by_their_path_with_values_of_ones_own(params string[] verb)
    {
        (await cli.RunAsync([.. verb, "example/flows-invitation-enrollment.yaml"])).Done().Output.ShouldContain("Applied: ");
        var name = $"From context {verb.Length}{verb[0]}";
        var file = await WriteAsync("context.yaml", Groups("!Context name", "none"));
        var context = await WriteAsync("context.json", $$"""{"name": "{{name}}"}""");
        (await cli.RunAsync([.. verb, file, "--context", context])).Done();
        (await CountAsync(name)).ShouldBe(1);
    }

    [Fact]
    public async Task Of_a_wrong_blueprint_every_problem_is_told_and_nothing_applied()
    {
        var file = await WriteAsync("wrong.yaml", Groups("Half", "none") + "  - {model: authentik_core.nothing, identifiers: {name: x}}\n");
        (await cli.RunAsync("blueprint", "apply", file)).Refused("authentik_core.nothing");
        (await CountAsync("Half")).ShouldBe(0);
        (await cli.RunAsync("blueprint", "apply", await WriteAsync("no.yaml", "version: [1"))).Refused("line ");
        (await cli.RunAsync("blueprint", "plan", "nowhere/at-all.yaml")).Refused("There is no file nowhere/at-all.yaml");
        (await cli.RunAsync("blueprint", "plan", file, "--context", await WriteAsync("c.json", "[1]"))).Refused("The context cannot be read");
        (await cli.RunAsync("blueprint", "apply")).WrongUse("Required argument missing");
    }

    [Theory]
    [InlineData("blueprint", "export")]
    [InlineData("export_blueprint")]
    public async Task What_is_exported_can_be_planned_again_and_changes_nothing(params string[] verb)
    {
        var flow = (await cli.RunAsync([.. verb, "authentik_flows.flow", "default-authentication-flow"])).Done().Output;
        flow.ShouldContain("authentik_stages_password.passwordstage");
        (await cli.RunAsync("blueprint", "plan", await WriteAsync("flow.yaml", flow))).Done().Output.ShouldNotContain("created");
        (await cli.RunAsync(verb)).Done().Output.ShouldContain("authentik_brands.brand");

        (await cli.RunAsync([.. verb, "authentik_flows.flow", "no-such-flow"])).Refused("No Flow matches");
        (await cli.RunAsync([.. verb, "authentik_flows.nothing", "x"])).Refused("There is no model authentik_flows.nothing.");
        (await cli.RunAsync([.. verb, "authentik_flows.flow"])).WrongUse("Name the object of the model.");
    }

    [Fact]
    public async Task Kept_blueprints_and_files_are_listed()
    {
        (await cli.RunAsync("blueprint", "list", "--files")).Done().Output.Split('\n').ShouldContain("example/flows-invitation-enrollment.yaml");
        await cli.Server.Database.ExecuteAsync(
            "INSERT INTO blueprint_instance VALUES (gen_random_uuid(), 'Kept one', 'example/kept.yaml', '', '{}', true, 'unknown', now(), '', '{}', '{}', '{}')");
        (await cli.RunAsync("blueprint", "list", "-o", "json")).Done().Json.AsArray().Select(b => b!["name"]!.ToString()).ShouldContain("Kept one");
    }

    async Task<string> WriteAsync(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        return path;
    }

    Task<long> CountAsync(string name) => cli.Server.Database.ScalarAsync<long>($"SELECT count(*) FROM \"group\" WHERE name = '{name}'");

    static string Groups(string name, string drink) =>
        $"version: 1\nmetadata: {{name: groups}}\nentries:\n  - {{model: authentik_core.group, identifiers: {{name: {name}}}, attrs: {{attributes: {{drink: {drink}}}}}}}\n";
}
