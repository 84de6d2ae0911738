using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Postern.Api;
using Postern.Directory.Users;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Sources;

/// <summary>A server that people sign in at with accounts of another, which is as real: the OpenID provider.</summary>
public sealed class SourceServers : IAsyncLifetime
{
    const string Mapping = """
        return {
            "email": request.user.email,
            "email_verified": request.user.attributes.get("verified", False),
            "preferred_username": request.user.username,
            "name": request.user.name,
            "department": "Harbour",
        }
        """;

    public OidcServer Elsewhere { get; } = new();

    public TestServer Here { get; private set; } = null!;

    public HttpClient Admin { get; private set; } = null!;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Elsewhere.InitializeAsync();
        Here = await TestServer.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["POSTERN_EXPRESSIONS__ALLOW_PRIVATE_ADDRESSES"] = "true" }, services =>
            services.AddSingleton<IRequestStep>(new TestDoor("/test/in", OidcServer.SignInAsync)));
        Admin = await Here.SuperuserAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Here.DisposeAsync();
        await Elsewhere.DisposeAsync();
    }

    /// <summary>A source here whose provider is an application elsewhere of the same name.</summary>
    public async Task<JsonObject> AddSourceAsync(string slug, JsonObject? more = null)
    {
        var mapping = (await Elsewhere.Admin.GetApiAsync($"propertymappings/provider/scope/?name=of-{slug}")).Json["results"]!.AsArray().FirstOrDefault()
            ?? (await Elsewhere.Admin.PostApiAsync("propertymappings/provider/scope/", new JsonObject { ["name"] = $"of-{slug}", ["scope_name"] = "profile", ["expression"] = Mapping }.ToJsonString())).Json;
        var provider = await Elsewhere.AddApplicationAsync(slug, more: new JsonObject
        {
            ["redirect_uris"] = new JsonArray(OidcServer.Redirect($"{Here.Address}source/oauth/callback/{slug}/")),
            ["property_mappings"] = new JsonArray(mapping["pk"]!.DeepClone()),
        });
        return await AddAsync(slug, new JsonObject
        {
            ["provider_type"] = "openidconnect",
            ["consumer_key"] = provider["client_id"]!.DeepClone(),
            ["consumer_secret"] = provider["client_secret"]!.DeepClone(),
            ["oidc_well_known_url"] = $"{Elsewhere.Server.Address}application/o/{slug}/.well-known/openid-configuration",
        }, more);
    }

    /// <summary>A source with the flows that the product ships.</summary>
    public async Task<JsonObject> AddAsync(string slug, JsonObject fields, JsonObject? more = null)
    {
        var body = new JsonObject { ["name"] = slug, ["slug"] = slug, ["authentication_flow"] = await FlowAsync("default-source-authentication"), ["enrollment_flow"] = await FlowAsync("default-source-enrollment") };
        foreach (var (name, value) in fields.Concat(more ?? []))
            body[name] = value?.DeepClone();
        var made = await Admin.PostApiAsync("sources/oauth/", body.ToJsonString());
        made.Status.ShouldBe(HttpStatusCode.Created, made.ToString());
        return made.Json.AsObject();
    }

    public async Task<string> FlowAsync(string slug) => (await Admin.GetApiAsync($"flows/instances/{slug}/")).Json["pk"]!.ToString();

    /// <summary>Somebody elsewhere, and a browser in which they are signed in there.</summary>
    public async Task<(User User, HttpClient Browser)> PersonAsync(string username, bool verified = true)
    {
        var user = await Elsewhere.Server.AddUserAsync(username, u => (u.Name, u.Attributes) = ($"{username} of elsewhere", new JsonObject { ["verified"] = verified }));
        var browser = Elsewhere.Server.Browser();
        await browser.GetAsync($"/test/in?user={user.Pk}", Cancellation);
        return (user, browser);
    }

    /// <summary>The way to the source: where the browser comes back to, with the code.</summary>
    public static async Task<Uri> LeaveAsync(HttpClient here, HttpClient there, string slug, string query = "")
    {
        var away = await here.GetAsync($"/source/oauth/login/{slug}/{query}", Cancellation);
        away.StatusCode.ShouldBe(HttpStatusCode.Redirect, await away.Content.ReadAsStringAsync(Cancellation));
        var back = await there.GetAsync(away.Headers.Location, Cancellation);
        back.StatusCode.ShouldBe(HttpStatusCode.Redirect, await back.Content.ReadAsStringAsync(Cancellation));
        return back.Headers.Location!;
    }

    /// <summary>The whole way there and back; answers what the browser is told then.</summary>
    public static async Task<HttpResponseMessage> SignInAsync(HttpClient here, HttpClient there, string slug, string query = "") =>
        await here.GetAsync(await LeaveAsync(here, there, slug, query), Cancellation);

    /// <summary>The text of a page that refuses.</summary>
    public static async Task<string> RefusalAsync(HttpResponseMessage answer, HttpStatusCode status = HttpStatusCode.Forbidden)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        answer.StatusCode.ShouldBe(status, $"{answer.Headers.Location} {text}");
        return WebUtility.HtmlDecode(Regex.Replace(text, "<[^>]*>", " ", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    /// <summary>Who is signed in; null for nobody.</summary>
    public static async Task<string?> MeAsync(HttpClient here)
    {
        var me = await here.GetApiAsync("core/users/me/");
        return me.Status is HttpStatusCode.OK ? me.Json["user"]!["username"]!.ToString() : null;
    }

    public Task<long> CountAsync(string sql) => Here.Database.ScalarAsync<long>(sql);
}
