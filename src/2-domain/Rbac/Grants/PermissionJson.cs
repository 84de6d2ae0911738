using System.Text.Json.Nodes;

namespace Postern.Rbac.Grants;

/// <summary>Rights as the wire has them.</summary>
static class PermissionJson
{
    public static JsonObject Of(CataloguePermission permission)
    {
        var json = Short(permission.Id, permission);
        json["app_label_verbose"] = AppLabel(permission.App);
        json["model_verbose"] = permission.ModelLabel;
        return json;
    }

    /// <summary>A grant of a right on everything.</summary>
    public static JsonObject Short(int id, CataloguePermission permission) => new()
    {
        ["id"] = id,
        ["name"] = permission.Label,
        ["codename"] = permission.Codename,
        ["model"] = permission.Model,
        ["app_label"] = permission.App,
    };

    /// <summary>A grant of a right on one object.</summary>
    public static JsonObject OnObject(int id, CataloguePermission permission, string key)
    {
        var json = Short(id, permission);
        json["object_pk"] = key;
        return json;
    }

    /// <summary><c>authentik_stages_password</c> is "authentik Stages Password".</summary>
    public static string AppLabel(string app)
    {
        var words = app.Split('_');
        return string.Join(' ', words.Select((word, i) => i == 0 || word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
