using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Contract.Oidc;

/// <summary>Every parameter of every endpoint missing, empty, repeated, oversized and malformed: the answer is the RFC's error, never a failure of the server.</summary>
public sealed class MalformedTests(OidcServer server) : IClassFixture<OidcServer>
{
    static readonly string[] Bad = ["", "\u0000", "%00", "{", "[]", "🙂", "' OR 1=1 --", "<script>", "-1", new('x', 5000), "a b", "null", "..", "\r\nX: y"];

    static readonly Dictionary<string, string[]> Endpoints = new(StringComparer.Ordinal)
    {
        ["token/"] = ["grant_type", "client_id", "client_secret", "code", "redirect_uri", "code_verifier", "refresh_token", "scope", "username", "password", "client_assertion", "client_assertion_type", "device_code"],
        ["introspect/"] = ["client_id", "client_secret", "token", "token_type_hint"],
        ["revoke/"] = ["client_id", "client_secret", "token", "token_type_hint"],
        ["userinfo/"] = ["access_token"],
        ["device/"] = ["client_id", "client_secret", "scope"],
        ["par/"] = [.. Authorize, "client_secret"],
    };

    static string[] Authorize =>
    [
        "client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "code_challenge", "code_challenge_method", "response_mode", "prompt", "max_age", "id_token_hint", "claims",
        "acr_values", "login_hint", "ui_locales", "request", "request_uri", "dpop_jkt", "reauthentication",
    ];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Endpoints_for_programs_answer_malformed_parameters_with_an_error_of_the_protocol()
    {
        var flow = new Flow(server, await server.AddApplicationAsync("malformed"));
        using var program = server.Server.Program();
        foreach (var (path, names) in Endpoints)
        {
            foreach (var grant in path is "token/" ? new[] { "authorization_code", "refresh_token", "client_credentials", "password" } : [""])
            {
                Dictionary<string, string> good = new(StringComparer.Ordinal) { ["client_id"] = flow.ClientId, ["client_secret"] = flow.Secret, ["grant_type"] = grant, ["code"] = "x", ["refresh_token"] = "x", ["token"] = "x", ["redirect_uri"] = Flow.RedirectUri };
                foreach (var name in names)
                {
                    foreach (var value in Bad)
                        await CheckAsync(program, path, good.Where(g => g.Key != name).Append(KeyValuePair.Create(name, value)), $"{path} {grant} {name}={value[..Math.Min(value.Length, 20)]}");
                    await CheckAsync(program, path, good.Append(KeyValuePair.Create(name, "x")).Append(KeyValuePair.Create(name, "y")), $"{path} {name} repeated");
                    await CheckAsync(program, path, good.Where(g => g.Key != name), $"{path} {name} missing");
                }
            }
        }
    }

    [Fact]
    public async Task The_authorization_endpoint_answers_malformed_parameters_with_a_page_or_an_error_for_the_application()
    {
        var flow = new Flow(server, await server.AddApplicationAsync("malformed-authorize"));
        using var browser = await flow.SignedInAsync();
        foreach (var name in Authorize)
        {
            foreach (var value in Bad)
            {
                var query = flow.Request();
                query[name] = value;
                await LookAsync(browser, QueryHelpers.AddQueryString("/application/o/authorize/", query), $"{name}={value[..Math.Min(value.Length, 20)]}");
            }
            await LookAsync(browser, QueryHelpers.AddQueryString(QueryHelpers.AddQueryString("/application/o/authorize/", flow.Request()), name, "again"), $"{name} repeated");
        }
    }

    static async Task LookAsync(HttpClient browser, string path, string what)
    {
        using var response = await browser.GetAsync(path, Cancellation);
        ((int)response.StatusCode).ShouldBeLessThan(500, what);
        if (response.Headers.Location is { } to)
            (!to.IsAbsoluteUri || to.OriginalString.StartsWith(Flow.RedirectUri, StringComparison.Ordinal)).ShouldBeTrue($"{what}: {to}");
    }

    static async Task CheckAsync(HttpClient program, string path, IEnumerable<KeyValuePair<string, string>> form, string what)
    {
        using var content = new FormUrlEncodedContent(form);
        using var response = await program.PostAsync($"/application/o/{path}", content, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        ((int)response.StatusCode).ShouldBeLessThan(500, what);
        if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized && text.Length > 0)
            new Answer(response.StatusCode, text).Json["error"].ShouldNotBeNull(what);
    }
}
