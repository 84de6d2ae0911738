using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using Postern.Kernel.Values;
using Postern.Tests.Benchmarks.Servers;

namespace Postern.Tests.Benchmarks.OAuth2;

/// <summary>The published program with an application, a person, and tokens for them.</summary>
sealed class OwnServer(PublishedServer server, Side side) : IAsyncDisposable
{
    const int Tokens = 64;
    public const string ApiToken = "an-api-token-for-the-measurement";
    const string Scope = "openid profile email offline_access";

    public Side Side => side;

    public Uri Address => server.Address;

    public static async Task<OwnServer> StartAsync(string root, string folder, NpgsqlDataSource database, int port, int cpu, string algorithm, int? passwordIterations = null)
    {
        var at = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["POSTERN_POSTGRESQL__HOST"] = at.Host!,
            ["POSTERN_POSTGRESQL__USER"] = at.Username!,
            ["POSTERN_POSTGRESQL__NAME"] = at.Database!,
            ["POSTERN_BOOTSTRAP_TOKEN"] = ApiToken,
        };
        if (passwordIterations is { } iterations)
            environment["POSTERN_PASSWORD_ITERATIONS"] = iterations.ToString(CultureInfo.InvariantCulture);
        var server = await PublishedServer.StartAsync(Path.Combine(root, "out", "postern"), folder, port, cpu, environment);
        using var admin = new HttpClient { BaseAddress = new Uri(server.Address, "/api/v3/") };
        admin.DefaultRequestHeaders.Authorization = new("Bearer", ApiToken);
        var slug = $"measured-{RandomText.Alphanumeric(8)}".ToLowerInvariant();
        var provider = await AddProviderAsync(admin, slug, algorithm);
        var person = await PostAsync(admin, "core/users/", new JsonObject { ["username"] = slug, ["name"] = "Jane Smith", ["email"] = "jane@example.com" });
        var tokens = await AddTokensAsync(database, (int)provider["pk"]!, (int)person["pk"]!);
        var doors = new Doors($"/application/o/{slug}/.well-known/openid-configuration", $"/application/o/{slug}/jwks/", "/application/o/token/", "/application/o/userinfo/", "/application/o/introspect/");
        return new OwnServer(server, new Side(port, server.Id, doors, (string)provider["client_id"]!, (string)provider["client_secret"]!, tokens.Access, tokens.Refresh));
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    static async Task<JsonNode> AddProviderAsync(HttpClient admin, string slug, string algorithm)
    {
        var key = await PostAsync(admin, "crypto/certificatekeypairs/generate/", new JsonObject { ["common_name"] = slug, ["validity_days"] = 30, ["alg"] = algorithm is "ES256" ? "ecdsa" : "rsa" });
        var mappings = (await admin.GetFromJsonAsync<JsonObject>("propertymappings/provider/scope/?page_size=100"))!["results"]!.AsArray()
            .Where(m => ((string?)m!["managed"])?.StartsWith("goauthentik.io/providers/oauth2/scope-", StringComparison.Ordinal) is true && Scope.Split(' ').Contains((string)m["scope_name"]!, StringComparer.Ordinal));
        var provider = await PostAsync(admin, "providers/oauth2/", new JsonObject
        {
            ["name"] = slug,
            ["client_id"] = slug,
            ["signing_key"] = key["pk"]!.DeepClone(),
            ["authorization_flow"] = await FlowAsync(admin, "default-provider-authorization-implicit-consent"),
            ["invalidation_flow"] = await FlowAsync(admin, "default-provider-invalidation-flow"),
            ["property_mappings"] = new JsonArray([.. mappings.Select(m => m!["pk"]!.DeepClone())]),
            ["redirect_uris"] = new JsonArray(),
        });
        await PostAsync(admin, "core/applications/", new JsonObject { ["name"] = slug, ["slug"] = slug, ["provider"] = provider["pk"]!.DeepClone() });
        return provider;
    }

    static async Task<JsonNode> FlowAsync(HttpClient admin, string slug) => (await admin.GetFromJsonAsync<JsonObject>($"flows/instances/{slug}/"))!["pk"]!.DeepClone();

    static async Task<JsonNode> PostAsync(HttpClient admin, string path, JsonObject body)
    {
        using var answer = await admin.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{path}: {text}");
    }

    /// <summary>Tokens as signing in stores them, without the sign-ins.</summary>
    static async Task<(List<string> Access, List<string> Refresh)> AddTokensAsync(NpgsqlDataSource database, int provider, int person)
    {
        var (access, refresh) = (new List<string>(), new List<string>());
        var claims = new JsonObject { ["iss"] = "http://127.0.0.1/application/o/measured/", ["sub"] = RandomText.Alphanumeric(64), ["aud"] = "measured", ["name"] = "Jane Smith", ["email"] = "jane@example.com" };
        for (var i = 0; i < Tokens; i++)
        {
            // As long as a signed token of ours.
            access.Add(RandomText.Alphanumeric(900));
            refresh.Add(RandomText.Alphanumeric(128));
            await using var add = database.CreateCommand("""
                WITH access AS (
                    INSERT INTO oauth2_access_token (token_hash, grant_id, provider_id, user_pk, scope, claims, auth_time, created_at, expires, revoked)
                    VALUES ($1, $3, $4, $5, $6, $7, now(), now(), now() + interval '1 day', false))
                INSERT INTO oauth2_refresh_token (token_hash, grant_id, provider_id, user_pk, scope, request, claims, auth_time, auth_method, created_at, expires, revoked)
                VALUES ($2, $3, $4, $5, $6, '{}', $7, now(), 'password', now(), now() + interval '1 day', false)
                """);
            foreach (var value in new object[] { Hash(access[i]), Hash(refresh[i]), Guid.CreateVersion7(), provider, person, Scope, claims.ToJsonString() })
                add.Parameters.Add(new NpgsqlParameter { Value = value });
            await add.ExecuteNonQueryAsync();
        }
        return (access, refresh);
    }

    static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
