using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Postern.Blueprints.Exporting;
using Postern.Storage.Kinds;

namespace Postern.Blueprints.Migrating;

/// <summary>Reads the objects of a kind from the API of another installation, page by page.</summary>
sealed class ReadObjects(HttpClient source, MigrationReport report)
{
    const int PageSize = 100;

    public async Task<IReadOnlyList<ExportedObject>> ExecuteAsync(ModelKind kind, CancellationToken cancellation)
    {
        var objects = new List<ExportedObject>();
        for (var page = 1; page > 0;)
        {
            using var answer = await source.GetAsync($"api/v3/{kind.Path}/?page={page}&page_size={PageSize}&superuser_full_list=true&include_users=false&include_groups=false", cancellation);
            if (answer.StatusCode is HttpStatusCode.NotFound)
            {
                report.Note($"{kind.LabelPlural}: the other installation has none");
                return objects;
            }
            answer.EnsureSuccessStatusCode();
            var json = (await answer.Content.ReadFromJsonAsync<JsonObject>(cancellation))!;
            foreach (var item in json["results"]!.AsArray())
                objects.Add(await TakeAsync(kind, item!.AsObject(), cancellation));
            page = json["pagination"]!["next"]!.GetValue<int>();
        }
        return objects;
    }

    public async Task<JsonObject> SettingsAsync(CancellationToken cancellation) =>
        (await source.GetFromJsonAsync<JsonObject>("api/v3/admin/settings/", cancellation))!;

    async Task<ExportedObject> TakeAsync(ModelKind kind, JsonObject json, CancellationToken cancellation)
    {
        var values = new JsonObject { [kind.Key.Name] = json[kind.Key.Name]?.DeepClone() };
        foreach (var field in kind.Fields.Where(f => f is { ReadOnly: false, Exported: true, BlueprintOnly: false } && f != kind.Key))
        {
            if (json.TryGetPropertyValue(field.Name, out var value))
                values[field.Name] = value?.DeepClone();
            else if (field.WriteOnly)
                report.Note($"{kind.LabelPlural}: {field.Name} is not told by the API; set it by hand");
        }
        foreach (var name in json.Where(m => kind.Find(m.Key) is null && IsSet(m.Value) && !m.Key.EndsWith("_obj", StringComparison.Ordinal)).Select(m => m.Key))
            report.Note($"{kind.LabelPlural}: {name} is not known here and was left out");
        if (kind.Fields.Any(f => f is { Name: Permissions, BlueprintOnly: true }))
            values[Permissions] = await PermissionsAsync(json[kind.Key.Name]!.ToString(), cancellation);
        return new ExportedObject(kind, ExportSet.Text(values[kind.Key.Name]), NameOf(kind, json), values);
    }

    const string Permissions = "permissions";

    async Task<JsonArray> PermissionsAsync(string role, CancellationToken cancellation)
    {
        var held = new JsonArray();
        for (var page = 1; page > 0;)
        {
            var json = (await source.GetFromJsonAsync<JsonObject>($"api/v3/rbac/permissions/?role={role}&page={page}&page_size={PageSize}", cancellation))!;
            foreach (var permission in json["results"]!.AsArray())
                held.Add((JsonNode)$"{permission!["app_label"]}.{permission["codename"]}");
            page = json["pagination"]!["next"]!.GetValue<int>();
        }
        return held;
    }

    static string NameOf(ModelKind kind, JsonObject json) => (json["name"] ?? json["username"] ?? json[kind.Key.Name])!.ToString();

    static bool IsSet(JsonNode? value) => value is not (null or JsonArray { Count: 0 } or JsonObject { Count: 0 }) && value.ToString() is not ("" or "false" or "0");
}
