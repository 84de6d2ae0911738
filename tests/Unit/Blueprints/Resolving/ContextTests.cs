using System.Text.Json.Nodes;
using Postern.Blueprints.Resolving;

namespace Postern.Tests.Unit.Blueprints.Resolving;

/// <summary>Built-in values, the file's and the given ones merge in this order, in depth.</summary>
public sealed class ContextTests
{
    [Fact]
    public async Task Later_layers_win_and_lists_are_joined()
    {
        var blueprint = Sample.Read("""
            context:
              name: from the file
              list: [1]
              map: {a: 1, b: 2}
              changes: {a: 1}
            entries:
              - model: authentik_core.user
                attrs: {name: !Context name, list: !Context list, map: !Context map, changes: !Context changes}
            """);
        var given = JsonNode.Parse("""{"name": "given", "list": [2, 1], "map": {"b": 3, "c": {"d": 4}}, "changes": [5]}""")!.AsObject();
        var resolver = Sample.Resolver(blueprint, given: given);

        var attrs = await resolver.ResolveAsync(blueprint.Entries[0].Attrs, blueprint.Entries[0], TestContext.Current.CancellationToken);

        attrs.Value!.ToJsonString().ShouldBe("""{"name":"given","list":[1,2,1],"map":{"a":1,"b":3,"c":{"d":4}},"changes":[5]}""");
    }

    [Fact]
    public async Task Built_in_values_list_models_and_the_licence()
    {
        var models = await Sample.ResolveAsync("!Enumerate [!Context goauthentik.io/rbac/models, SEQ, !Format [\"%s.view_%s\", !Value 0, !Index 0]]");
        var licensed = await Sample.ResolveAsync("!If [!Context goauthentik.io/enterprise/licensed]");

        models.ShouldBe("""["authentik_core.view_group","authentik_core.view_user"]""");
        licensed.ShouldBe("true");
    }
}
