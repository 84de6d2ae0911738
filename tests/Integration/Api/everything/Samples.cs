using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Postern.Storage.Kinds;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Everything;

/// <summary>Makes objects of any kind from its declaration: what is required, and what the kind's own rules ask for beyond.</summary>
sealed class Samples(TestServer server, HttpClient admin)
{
    /// <summary>Stands in every secret, so that it is found wherever it shows.</summary>
    public const string Secret = "sample-secret-0123456789-abcdefghij";

    /// <summary>Kinds whose objects are not made from a body alone, and why.</summary>
    public static readonly IReadOnlyDictionary<string, string> NotMade = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["authentik_enterprise.license"] = "needs a key that a vendor signed; tested in Api/enterprise",
    };

    readonly Dictionary<string, JsonNode> keys = new(StringComparer.Ordinal);
    readonly string run = Guid.NewGuid().ToString("N")[..8];
    int number;

    // Above what is there already, and another for each object.
    int Order => 1000 + Convert.ToInt32(run[..5], 16) + number;

    string Unique => $"sample-{run}-{number}";

    public static IEnumerable<ModelKind> Creatable(TestServer server) =>
        server.Services.GetRequiredService<KindRegistry>().All.Where(CanMake);

    public static bool CanMake(ModelKind kind) => kind.Path is not null && (kind.Verbs | kind.AdminVerbs).HasFlag(Verbs.Create) && !NotMade.ContainsKey(kind.Name);

    /// <summary>A new object, as it was answered.</summary>
    public async Task<JsonObject> MakeAsync(ModelKind kind)
    {
        var answer = await admin.PostApiAsync($"{(kind.Verbs.HasFlag(Verbs.Create) ? kind.Path : kind.AdminPath)}/", (await BodyAsync(kind)).ToJsonString());
        answer.Status.ShouldBe(HttpStatusCode.Created, $"{kind.Name}: {answer}");
        return answer.Json.AsObject();
    }

    /// <summary>What stands in the path of the object.</summary>
    public static string Lookup(ModelKind kind, JsonObject made) => made[kind.Lookup.Name]!.ToString();

    public async Task<JsonObject> BodyAsync(ModelKind kind)
    {
        var body = new JsonObject();
        number++;
        foreach (var field in kind.Fields.Where(f => f is { ReadOnly: false, BlueprintOnly: false } && (f.Required || f.WriteOnly)))
            body[field.Name] = await ValueAsync(field);
        foreach (var (name, value) in await BeyondAsync(kind))
            body[name] = value?.DeepClone();
        return body;
    }

    async Task<JsonNode?> ValueAsync(Field field) => field.Type switch
    {
        FieldType.Secret => Secret,
        FieldType.Expression => "return True",
        FieldType.Email => $"{Unique}@example.org",
        FieldType.Integer => field.Limits.Minimum ?? 1,
        FieldType.Number => 1.5,
        FieldType.Boolean => true,
        FieldType.Duration => "hours=1",
        FieldType.Timestamp => server.Clock.GetUtcNow().AddDays(1).ToString("O"),
        FieldType.Uuid => Guid.NewGuid().ToString(),
        FieldType.Json => new JsonObject(),
        FieldType.ChoiceList => new JsonArray(field.Choices[0]),
        FieldType.TextList or FieldType.ReferenceList => new JsonArray(),
        FieldType.Reference => await KeyAsync(field.Target!),
        _ when field.Choices.Count > 0 => field.Choices[0],
        _ => Unique,
    };

    /// <summary>The key of some right.</summary>
    public async Task<string> PermissionAsync() => (await admin.GetApiAsync("rbac/permissions/?page_size=1")).Json["results"]![0]!["id"]!.ToJsonString();

    /// <summary>Some object of the kind that is there.</summary>
    public async Task<JsonObject?> FirstAsync(ModelKind kind) =>
        (await admin.GetApiAsync($"{kind.AdminPath ?? kind.Path}/?page_size=1&superuser_full_list=true")).Json["results"]!.AsArray().FirstOrDefault()?.AsObject();

    /// <summary>The key of some object of the kind: one that is there, else a new one.</summary>
    public async Task<JsonNode> KeyAsync(string name)
    {
        if (keys.TryGetValue(name, out var known))
            return known.DeepClone();
        var kind = server.Services.GetRequiredService<KindRegistry>()[name];
        var found = await FirstAsync(kind) ?? await MakeAsync(kind);
        keys[name] = found[kind.Key.Name]!.DeepClone();
        return keys[name].DeepClone();
    }

    async Task<JsonObject> BeyondAsync(ModelKind kind) => kind.Name switch
    {
        "authentik_core.token" => new() { ["identifier"] = Unique },
        "authentik_policies.policybinding" => new() { ["target"] = await KeyAsync("authentik_flows.flow"), ["group"] = await KeyAsync("authentik_core.group"), ["order"] = Order },
        "authentik_flows.flowstagebinding" => new() { ["order"] = Order },
        "authentik_blueprints.blueprintinstance" => new() { ["content"] = "version: 1\nentries: []\n", ["enabled"] = false },
        "authentik_events.event" => new() { ["action"] = "custom_sample" },
        "authentik_events.notificationtransport" => new() { ["mode"] = "local" },
        "authentik_stages_redirect.redirectstage" => new() { ["mode"] = "static", ["target_static"] = "https://example.org/" },
        "authentik_stages_identification.identificationstage" => new() { ["user_fields"] = new JsonArray("username") },
        "authentik_providers_oauth2.oauth2dynamicclientregistration" => new() { ["provider"] = (await MakeAsync(server.Services.GetRequiredService<KindRegistry>()["authentik_providers_oauth2.oauth2provider"]))["pk"]!.DeepClone() },
        _ when kind.Path is "core/saved_views" => new() { ["list"] = "directory/users" },
        _ when kind.Path is "mail/templates" => new() { ["name"] = "email/password_reset.html", ["html"] = "<p>Hello</p>", ["locale"] = "de", ["brand"] = (await MakeAsync(server.Services.GetRequiredService<KindRegistry>()["authentik_brands.brand"]))["brand_uuid"]!.DeepClone() },
        "authentik_sources_oauth.oauthsource" => new() { ["oidc_well_known_url"] = "https://id.example.org/.well-known/openid-configuration" },
        "authentik_sources_oauth.useroauthsourceconnection" => new() { ["source"] = (await MakeAsync(server.Services.GetRequiredService<KindRegistry>()["authentik_sources_oauth.oauthsource"]))["pk"]!.DeepClone() },
        "authentik_crypto.certificatekeypair" => Certificate(),
        "authentik_providers_oauth2.oauth2provider" => new() { ["redirect_uris"] = new JsonArray(new JsonObject { ["matching_mode"] = "strict", ["url"] = "https://example.org/cb" }) },
        _ => [],
    };

    static JsonObject Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=sample", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
        return new() { ["certificate_data"] = certificate.ExportCertificatePem(), ["key_data"] = key.ExportPkcs8PrivateKeyPem() };
    }
}
