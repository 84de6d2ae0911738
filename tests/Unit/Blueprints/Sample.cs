using System.Text.Json.Nodes;
using Postern.Blueprints;
using Postern.Blueprints.Nodes;
using Postern.Blueprints.Reading;
using Postern.Blueprints.Resolving;

namespace Postern.Tests.Unit.Blueprints;

/// <summary>Short ways from YAML text to what the tests look at.</summary>
internal static class Sample
{
    /// <summary>Reads a text that must be free of problems.</summary>
    public static Blueprint Read(string yaml)
    {
        var reading = BlueprintReader.Read(yaml);
        reading.Problems.ShouldBeEmpty();
        return reading.Blueprint.ShouldNotBeNull();
    }

    /// <summary>The value of one attribute of a blueprint made only of it.</summary>
    public static BlueprintNode Value(string yaml) =>
        Read($"context:\n  it: {yaml.ReplaceLineEndings("\n    ")}\n").Context.Find("it").ShouldNotBeNull();

    /// <summary>The problems of a text, each as <c>line:column path message</c>.</summary>
    public static string[] Problems(string yaml, BlueprintLimits? limits = null)
    {
        var reading = BlueprintReader.Read(yaml, limits);
        reading.Blueprint.ShouldBeNull();
        return [.. reading.Problems.Select(Show)];
    }

    public static string Show(BlueprintProblem problem) => $"{problem.Line}:{problem.Column} {problem.Path} {problem.Message}";

    /// <summary>A resolver over the context of a blueprint.</summary>
    public static BlueprintResolver Resolver(Blueprint blueprint, FakeSurroundings? around = null, BlueprintLimits? limits = null, JsonObject? given = null)
    {
        around ??= new FakeSurroundings();
        var builtIn = BlueprintContext.BuiltIn(["authentik_core.user", "authentik_core.group"]);
        return new BlueprintResolver(new BlueprintSources(around, around, around), BlueprintContext.Merge(builtIn, blueprint.Context, given), limits);
    }

    /// <summary>Resolves the one entry's attributes, which must succeed, to JSON text.</summary>
    public static async Task<string> ResolveAsync(string value, FakeSurroundings? around = null, string context = "{}")
    {
        var blueprint = OneValue(value, context);
        var resolver = Resolver(blueprint, around);
        var resolved = await resolver.ResolveAsync(blueprint.Entries[0].Attrs, blueprint.Entries[0]);
        resolver.Problems.Select(Show).ShouldBeEmpty();
        return resolved.Value!["it"]?.ToJsonString() ?? "null";
    }

    /// <summary>Resolves the one entry's attributes, which must fail, to the problems.</summary>
    public static async Task<string[]> FailAsync(string value, FakeSurroundings? around = null, string context = "{}", BlueprintLimits? limits = null)
    {
        var blueprint = OneValue(value, context);
        var resolver = Resolver(blueprint, around, limits);
        var resolved = await resolver.ResolveAsync(blueprint.Entries[0].Attrs, blueprint.Entries[0]);
        resolved.IsFailed.ShouldBeTrue();
        return [.. resolver.Problems.Select(problem => problem.Message)];
    }

    public static Blueprint OneValue(string value, string context = "{}") => Read($$"""
        version: 1
        context: {{context}}
        entries:
          - model: authentik_core.user
            attrs:
              it: {{value.ReplaceLineEndings("\n        ")}}
        """);
}
