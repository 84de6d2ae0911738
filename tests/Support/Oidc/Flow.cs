using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Postern.Tests.Support.Servers;
using Xunit;

namespace Postern.Tests.Support.Oidc;

/// <summary>Steps of a code flow by hand, for tests that do what no client would.</summary>
public sealed class Flow(OidcServer server, JsonObject provider)
{
    public const string Verifier = "a-verifier-of-forty-three-characters-or-more";
    public const string RedirectUri = "https://rp.example.com/cb";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public string ClientId => provider["client_id"]!.GetValue<string>();

    public string Secret => provider["client_secret"]!.GetValue<string>();

    public async Task<HttpClient> SignedInAsync()
    {
        var browser = server.Server.Browser();
        await browser.GetAsync($"/test/in?user={server.Person.Pk}", Cancellation);
        return browser;
    }

    public Dictionary<string, string?> Request(string scope = "openid offline_access") => new(StringComparer.Ordinal)
    {
        ["client_id"] = ClientId,
        ["redirect_uri"] = RedirectUri,
        ["response_type"] = "code",
        ["scope"] = scope,
        ["state"] = "s",
        ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
        ["code_challenge_method"] = "S256",
    };

    /// <summary>Where the authorization endpoint sends the browser, by query.</summary>
    public async Task<string> CodeAsync(HttpClient browser, string scope = "openid offline_access")
    {
        using var response = await browser.GetAsync(QueryHelpers.AddQueryString("/application/o/authorize/", Request(scope)), Cancellation);
        return QueryHelpers.ParseQuery(response.Headers.Location!.Query)["code"].ToString() is { Length: > 0 } code ? code : throw new InvalidOperationException($"{response.Headers.Location}");
    }

    public Task<Answer> TokenAsync(HttpClient program, params (string Name, string Value)[] form) => PostAsync(program, "/application/o/token/", form);

    public Task<Answer> RedeemAsync(HttpClient program, string code) =>
        TokenAsync(program, ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", RedirectUri), ("code_verifier", Verifier));

    public Task<Answer> RefreshAsync(HttpClient program, string token) => TokenAsync(program, ("grant_type", "refresh_token"), ("refresh_token", token));

    public async Task<Answer> PostAsync(HttpClient program, string path, params (string Name, string Value)[] form)
    {
        (string, string)[] all = form.Any(f => f.Name is "client_id") ? form : [("client_id", ClientId), ("client_secret", Secret), .. form];
        using var content = new FormUrlEncodedContent(all.Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        using var response = await program.PostAsync(path, content, Cancellation);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    public async Task<HttpStatusCode> UserinfoAsync(HttpClient program, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/application/o/userinfo/") { Headers = { Authorization = new("Bearer", token) } };
        using var response = await program.SendAsync(request, Cancellation);
        return response.StatusCode;
    }
}
