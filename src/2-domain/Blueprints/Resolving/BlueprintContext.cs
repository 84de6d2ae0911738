using System.Text.Json.Nodes;
using Postern.Blueprints.Nodes;

namespace Postern.Blueprints.Resolving;

/// <summary>The values behind <c>!Context</c>: built-in ones, the blueprint's own, then those given with the instance or the import.</summary>
public static class BlueprintContext
{
    /// <summary>Every model with rights of its own, by name, with its app.</summary>
    public const string ModelsKey = "goauthentik.io/rbac/models";

    /// <summary>Whether what the reference sells is there: always, for nothing here needs a licence.</summary>
    public const string LicensedKey = "goauthentik.io/enterprise/licensed";

    /// <summary>The built-in values, from wire names such as <c>authentik_core.user</c>.</summary>
    public static JsonObject BuiltIn(IEnumerable<string> models)
    {
        var apps = new JsonObject();
        foreach (var model in models.Order(StringComparer.Ordinal))
        {
            var dot = model.IndexOf('.', StringComparison.Ordinal);
            apps[model[(dot + 1)..]] = model[..dot];
        }

        return new JsonObject { [ModelsKey] = apps, [LicensedKey] = true };
    }

    /// <summary>Merges the three layers in depth: later values win, lists are joined.</summary>
    public static MapNode Merge(JsonObject builtIn, MapNode own, JsonObject? given) =>
        NodeMerge.Maps(NodeMerge.Maps(NodeJson.ToMap(builtIn), own), given is null ? MapNode.Empty : NodeJson.ToMap(given));
}
