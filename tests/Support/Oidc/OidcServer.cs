using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Directory.Sessions;
using Postern.Directory.Users;
using Postern.Storage;
using Postern.Tests.Support.Servers;
using Xunit;

namespace Postern.Tests.Support.Oidc;

/// <summary>A server with an application for each kind of client, and a door at which a browser signs in without a page.</summary>
public class OidcServer : IAsyncLifetime
{
    public const string Token = "an-api-token-for-the-test";

    public TestServer Server { get; private set; } = null!;

    public HttpClient Admin { get; private set; } = null!;

    public User Person { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["AUTHENTIK_BOOTSTRAP_TOKEN"] = Token };
        Server = await TestServer.StartAsync(environment, services =>
        {
            services.AddSingleton<IRequestStep>(new TestDoor("/test", SignInAsync));
            Adjust(services);
        });
        Admin = Server.Program(Token);
        Person = await Server.AddUserAsync("jane", u => (u.Name, u.Email) = ("Jane Smith", "jane@example.com"));
    }

    /// <summary>For tests that replace what stands outside.</summary>
    protected virtual void Adjust(IServiceCollection services)
    {
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Admin.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>An application with a provider; <paramref name="more"/> adds to the provider's fields or replaces them.</summary>
    public async Task<JsonObject> AddApplicationAsync(string slug, string flow = "default-provider-authorization-implicit-consent", JsonObject? more = null)
    {
        var fields = new JsonObject
        {
            ["name"] = slug,
            ["client_id"] = $"{slug}-client",
            ["authorization_flow"] = await FlowAsync(flow),
            ["invalidation_flow"] = await FlowAsync("default-provider-invalidation-flow"),
            ["property_mappings"] = await MappingsAsync(),
            ["redirect_uris"] = new JsonArray(Redirect("https://rp.example.com/cb"), Redirect("https://rp.example.com/bye", "logout")),
        };
        foreach (var (name, value) in more ?? [])
            fields[name] = value?.DeepClone();
        var provider = await PostAsync("providers/oauth2/", fields);
        await PostAsync("core/applications/", new JsonObject { ["name"] = slug, ["slug"] = slug, ["provider"] = provider["pk"]!.DeepClone() });
        return provider.AsObject();
    }

    /// <summary>Lets people of the provider's application register others, who have the scope for it.</summary>
    public async Task OpenRegistrationAsync(JsonObject provider)
    {
        var mapping = await PostAsync("propertymappings/provider/scope/", new JsonObject { ["name"] = $"register beside {provider["pk"]}", ["scope_name"] = "goauthentik.io/oidc/dcr", ["expression"] = "return {}" });
        var mappings = provider["property_mappings"]!.DeepClone().AsArray();
        mappings.Add(mapping["pk"]!.DeepClone());
        var changed = await Admin.CallAsync("PATCH", $"providers/oauth2/{provider["pk"]}/", new JsonObject { ["property_mappings"] = mappings }.ToJsonString());
        if ((int)changed.Status != 200)
            throw new InvalidOperationException(changed.Text);
        await PostAsync("providers/oauth2-dcr/", new JsonObject { ["provider"] = provider["pk"]!.DeepClone() });
    }

    public static JsonObject Redirect(string url, string type = "authorization", string mode = "strict") => new() { ["matching_mode"] = mode, ["url"] = url, ["redirect_uri_type"] = type };

    public async Task<string> FlowAsync(string slug) => (await Admin.GetApiAsync($"flows/instances/{slug}/")).Json["pk"]!.GetValue<string>();

    /// <summary>The key of a new certificate of this algorithm.</summary>
    public async Task<JsonNode> KeyAsync(string algorithm, string name) =>
        (await PostAsync("crypto/certificatekeypairs/generate/", new JsonObject { ["common_name"] = name, ["validity_days"] = 30, ["alg"] = algorithm }, status: 200))["pk"]!.DeepClone();

    async Task<JsonArray> MappingsAsync() =>
        new([.. (await Admin.GetApiAsync("propertymappings/provider/scope/?page_size=100")).Json["results"]!.AsArray()
            .Where(m => m!["managed"] is not null && m["scope_name"]!.GetValue<string>() is "openid" or "email" or "profile" or "offline_access").Select(m => m!["pk"]!.DeepClone())]);

    async Task<JsonNode> PostAsync(string path, JsonObject body, int status = 201)
    {
        var answer = await Admin.PostApiAsync(path, body.ToJsonString());
        return (int)answer.Status == status ? answer.Json : throw new InvalidOperationException($"{path}: {answer}");
    }

    /// <summary>A door at which whoever is named is signed in without a page; other tests open it on servers of theirs.</summary>
    public static async Task SignInAsync(HttpContext http)
    {
        var services = http.RequestServices;
        if (http.Request.Query["seconds"].ToString() is { Length: > 0 } seconds)
        {
            ((TestClock)services.GetRequiredService<TimeProvider>()).Advance(TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)));
            return;
        }
        // Each sign-in is later than the one before.
        ((TestClock)services.GetRequiredService<TimeProvider>()).Advance(TimeSpan.FromMilliseconds(10));
        var pk = int.Parse(http.Request.Query["user"]!, CultureInfo.InvariantCulture);
        var user = await services.GetRequiredService<PosternDb>().Set<User>().SingleAsync(u => u.Pk == pk);
        await services.GetRequiredService<SignIn>().ExecuteAsync(http, user, new SignInDetails("password", []), http.RequestAborted);
        if (http.Request.Query["next"].ToString() is { Length: > 0 } next)
            http.Response.Redirect(next);
    }
}
