using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api.Kinds;
using Postern.Storage.Kinds;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Everything;

/// <summary>Calls any operation with an object that is there and a body that fits.</summary>
sealed class Calls(TestServer server, Samples samples, JsonObject document)
{
    readonly Dictionary<string, JsonObject> kept = new(StringComparer.Ordinal);

    public async Task<Answer> SendAsync(HttpClient client, Door door)
    {
        var kind = KindOf(door);
        var path = door.Path;
        if (path.IndexOf('{', StringComparison.Ordinal) is >= 0 and var at)
            path = path[..at] + await ValueAsync(kind, door) + path[(path.IndexOf('}', at) + 1)..].Replace("{number}", "1", StringComparison.Ordinal);
        var answer = await client.CallAsync(door.Method, path + Query(door), door.Method is "GET" or "DELETE" ? null : (await BodyAsync(door, kind)).ToJsonString());
        // What replaces, moves or deletes an object is done with it.
        if (kind is not null && door.Method is "PUT" or "DELETE" or "POST")
            kept.Remove(kind!.Name);
        return answer;
    }

    async Task<string> ValueAsync(ModelKind? kind, Door door)
    {
        if (kind is null)
            return await OtherAsync(door);
        if (!Samples.CanMake(kind))
            return await ExistingAsync(kind);
        if (!kept.TryGetValue(kind.Name, out var made))
            kept[kind.Name] = made = await samples.MakeAsync(kind);
        return Samples.Lookup(kind, made);
    }

    // What is in a path but is no object of a kind.
    async Task<string> OtherAsync(Door door) => door.Path switch
    {
        "flows/executor/{flow_slug}/" => "default-authentication-flow",
        _ when door.Path.StartsWith("rbac/permissions/assigned_by_roles/", StringComparison.Ordinal) => (await samples.KeyAsync("authentik_rbac.role")).ToString(),
        "rbac/permissions/{id}/" => await samples.PermissionAsync(),
        _ => door.Nothing,
    };

    async Task<string> ExistingAsync(ModelKind kind)
    {
        // Members of a family are found at its path too.
        if (kind.Family.FirstOrDefault(Samples.CanMake) is { } member)
            return Samples.Lookup(member, await samples.MakeAsync(member));
        // Of all sources; made at the path of their own.
        if (kind.Name is "authentik_core.usersourceconnection" && server.Services.GetRequiredService<KindRegistry>().Find("authentik_sources_oauth.useroauthsourceconnection") is { } own)
            return Samples.Lookup(own, await samples.MakeAsync(own));
        return (await samples.FirstAsync(kind))?[kind.Lookup.Name]?.ToString() ?? "0";
    }

    ModelKind? KindOf(Door door) => door.Endpoint.Metadata.GetMetadata<KindDoor>()?.Kind
        ?? server.Services.GetRequiredService<KindRegistry>().All.FirstOrDefault(k => door.Path.StartsWith($"{k.Path}/{{", StringComparison.Ordinal));

    async Task<JsonObject> BodyAsync(Door door, ModelKind? kind)
    {
        if (door.Endpoint.Metadata.GetMetadata<KindDoor>() is not null && kind is not null)
            return door.Method is "PATCH" ? [] : await samples.BodyAsync(kind);
        var user = await samples.KeyAsync("authentik_core.user");
        return door.Path switch
        {
            _ when door.Path.EndsWith("_user/", StringComparison.Ordinal) => new() { ["pk"] = user },
            "policies/all/{lookup}/test/" or "propertymappings/all/{lookup}/test/" => new() { ["user"] = user },
            "stages/prompt/prompts/preview/" => new() { ["name"] = "a", ["field_key"] = "a", ["label"] = "A", ["type"] = "text" },
            "core/users/{lookup}/set_password/" => new() { ["password"] = "Quite-A-Long-1-pass" },
            "core/users/{lookup}/set_password_hash/" => new() { ["password"] = "pbkdf2_sha256$1000$salt$7ygCcVcJMhQ4Vv2Sg4tqYcR1p1kU8a0m0mN3o5r6s7A=" },
            "rbac/permissions/assigned_by_roles/{uuid}/assign/" or "rbac/permissions/assigned_by_roles/{uuid}/unassign/" => new() { ["permissions"] = new JsonArray("authentik_core.view_user") },
            "core/users/{lookup}/impersonate/" => new() { ["reason"] = "a look" },
            "crypto/certificatekeypairs/generate/" => new() { ["common_name"] = $"made {Guid.NewGuid()}", ["validity_days"] = 3 },
            "core/users/bulk/" => new() { ["action"] = "deactivate", ["users"] = new JsonArray((await samples.MakeAsync(server.Services.GetRequiredService<KindRegistry>()["authentik_core.user"]))["pk"]!.DeepClone()) },
            "stages/invitation/invitations/{pk}/send_email/" => new() { ["email_addresses"] = new JsonArray("ann@example.org") },
            "core/users/service_account/" => new() { ["name"] = $"robot-{Guid.NewGuid():N}" },
            "core/tokens/{lookup}/set_key/" => new() { ["key"] = $"key-{Guid.NewGuid():N}{Guid.NewGuid():N}" },
            "core/transactional/applications/" => new()
            {
                ["app"] = new JsonObject { ["name"] = "Both", ["slug"] = $"both-{Guid.NewGuid():N}" },
                ["provider_model"] = "authentik_providers_oauth2.oauth2provider",
                ["provider"] = await samples.BodyAsync(server.Services.GetRequiredService<KindRegistry>()["authentik_providers_oauth2.oauth2provider"]),
            },
            _ => Required(door),
        };
    }

    static string Query(Door door) => door.ToString() switch
    {
        "GET rbac/permissions/assigned_by_roles/" => "?model=authentik_core.user",
        "DELETE core/authenticated_sessions/bulk_delete/" => "?user_pks=0",
        _ => "",
    };

    JsonObject Required(Door door)
    {
        var schema = document["paths"]!.AsObject().Where(p => Same(p.Key, "/" + door.Path)).Select(p => p.Value![door.Method.ToLowerInvariant()]?["requestBody"]?["content"]?["application/json"]?["schema"]).FirstOrDefault(s => s is not null);
        if (schema?["$ref"]?.ToString() is { } name)
            schema = document["components"]!["schemas"]![name[(name.LastIndexOf('/') + 1)..]];
        return new([.. (schema?["required"]?.AsArray() ?? []).Select(r => KeyValuePair.Create(r!.ToString(), Value(schema!["properties"]![r.ToString()]!)))]);
    }

    static JsonNode? Value(JsonNode schema) => schema["type"]?.ToString() switch
    {
        "integer" or "number" => 1,
        "boolean" => true,
        "array" => new JsonArray(),
        "object" => new JsonObject(),
        _ => schema["format"]?.ToString() is "uuid" ? Guid.NewGuid().ToString() : "sample",
    };

    static bool Same(string described, string routed)
    {
        string[] left = described.Split('/'), right = routed.Split('/');
        return left.Length == right.Length && left.Zip(right).All(p => p.First == p.Second || (p.First.StartsWith('{') && p.Second.StartsWith('{')));
    }
}
