using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Contract.Oidc;

/// <summary>Every parameter of every endpoint left out, empty, repeated, with a zero byte, oversized and malformed: each has its error code from the RFC, and none fails the server.</summary>
public sealed class ErrorTableTests(OidcServer server) : IClassFixture<OidcServer>
{
    const string Ok = "ok", Page = "page", Inactive = "inactive", Exchange = "urn:ietf:params:oauth:grant-type:token-exchange", Device = "urn:ietf:params:oauth:grant-type:device_code";

    static readonly string[] Malformed = ["%00", "{", "[]", "🙂", "' OR 1=1 --", "<script>", "-1", "a b", "null", "..", "\r\nX: y", "\u202E"];

    static readonly string Oversized = new('x', 5000);

    static readonly Row[] Tokens =
    [
        // RFC 6749 section 5.2.
        new("authorization_code", "grant_type", "invalid_request", "unsupported_grant_type"),
        new("authorization_code", "client_id", "invalid_client", "invalid_client"),
        new("authorization_code", "client_secret", "invalid_client", "invalid_client"),
        new("authorization_code", "code", "invalid_request", "invalid_grant"),
        new("authorization_code", "redirect_uri", "invalid_grant", "invalid_grant"),
        // RFC 7636 section 4.6.
        new("authorization_code", "code_verifier", "invalid_grant", "invalid_grant"),
        new("refresh_token", "refresh_token", "invalid_request", "invalid_grant"),
        new("refresh_token", "scope", Ok, "invalid_scope"),
        new("client_credentials", "scope", Ok, Ok),
        new("client_credentials", "client_secret", "invalid_client", "invalid_client"),
        new("client_credentials", "username", Ok, "invalid_grant"),
        // RFC 7521 section 4.2.1: an assertion beside a secret is two ways of proof.
        new("client_credentials", "client_assertion", Ok, "invalid_request"),
        // RFC 8628 section 3.5.
        new(Device, "device_code", "invalid_request", "invalid_grant"),
        // RFC 8693 section 2.2.2.
        new(Exchange, "subject_token", "invalid_request", "invalid_grant"),
        new(Exchange, "subject_token_type", "invalid_request", "invalid_request"),
        new(Exchange, "requested_token_type", "invalid_grant", "invalid_request"),
        new(Exchange, "actor_token", "invalid_grant", "invalid_request"),
        new(Exchange, "audience", "invalid_grant", "invalid_target"),
        new(Exchange, "resource", "invalid_grant", "invalid_target"),
    ];

    static readonly (string Path, Row Row)[] Others =
    [
        // RFC 7662 section 2.2: whatever is wrong, the token is not active.
        ("introspect/", new("", "client_id", Inactive, Inactive)),
        ("introspect/", new("", "client_secret", Inactive, Inactive)),
        ("introspect/", new("", "token", Inactive, Inactive)),
        ("introspect/", new("", "token_type_hint", Inactive, Inactive)),
        // RFC 7009 section 2.2: a token that is none is revoked.
        ("revoke/", new("", "client_id", "invalid_client", "invalid_client")),
        ("revoke/", new("", "client_secret", "invalid_client", "invalid_client")),
        ("revoke/", new("", "token", "invalid_request", Ok)),
        ("revoke/", new("", "token_type_hint", Ok, Ok)),
        // RFC 8628 section 3.1; a device need not show the secret.
        ("device/", new("", "client_id", "invalid_client", "invalid_client")),
        ("device/", new("", "client_secret", Ok, "invalid_client")),
        // RFC 9126 section 2.3.
        ("par/", new("", "client_id", "invalid_client", "invalid_client")),
        ("par/", new("", "client_secret", "invalid_client", "invalid_client")),
        ("par/", new("", "redirect_uri", "invalid_request", "invalid_request")),
        ("par/", new("", "request_uri", Ok, "invalid_request")),
    ];

    // RFC 6749 section 4.1.2.1, OpenID Connect Core section 3.1.2.6; the same pushed and by link.
    static readonly Row[] Authorize =
    [
        new("", "response_type", "invalid_request", "unsupported_response_type"),
        new("", "response_mode", Ok, "invalid_request"),
        new("", "scope", Ok, Ok),
        new("", "state", Ok, Ok),
        new("", "nonce", Ok, Ok),
        new("", "code_challenge", "invalid_request", "invalid_request"),
        new("", "code_challenge_method", "invalid_request", "invalid_request"),
        new("", "max_age", Ok, "invalid_request"),
        new("", "id_token_hint", Ok, "invalid_request"),
        new("", "claims", Ok, "invalid_request"),
        new("", "acr_values", Ok, Ok),
        new("", "display", Ok, Ok),
        new("", "login_hint", Ok, Ok),
        new("", "ui_locales", Ok, Ok),
        new("", "claims_locales", Ok, Ok),
        new("", "prompt", Ok, Ok),
        new("", "request", Ok, "request_not_supported"),
        new("", "dpop_jkt", Ok, "invalid_request"),
    ];

    // OpenID Connect RP-Initiated Logout section 2: what is wrong is told on a page, and nobody is signed out or led anywhere.
    static readonly Row[] SigningOut =
    [
        new("", "client_id", Ok, Page),
        new("", "id_token_hint", Ok, Page),
        new("", "post_logout_redirect_uri", Ok, Page),
        new("", "state", Ok, Ok),
        new("", "logout_hint", Ok, Ok),
        new("", "ui_locales", Ok, Ok),
    ];

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_token_endpoint_names_what_is_wrong()
    {
        var flow = await FlowAsync("errors-token");
        using var browser = await flow.SignedInAsync();
        using var program = server.Server.Program();
        var refresh = (await flow.RedeemAsync(program, await flow.CodeAsync(browser))).Json["refresh_token"]!.GetValue<string>();
        foreach (var row in Tokens)
        {
            foreach (var (what, change, expected) in row.Cases(whenOversized: row.Wrong))
            {
                var good = Good(flow, row.Grant);
                good["refresh_token"] = refresh;
                // A code is used up by its first try.
                if (row.Name is "redirect_uri" or "code_verifier")
                    good["code"] = await flow.CodeAsync(browser);
                if (row.Name is "username")
                    good["password"] = "x";
                (await OutcomeAsync(program, "token/", change(good))).ShouldBe(expected, what);
            }
        }
    }

    [Fact]
    public async Task The_other_endpoints_for_programs_name_what_is_wrong()
    {
        var flow = await FlowAsync("errors-others");
        using var program = server.Server.Program();
        foreach (var (path, row) in Others.Concat(Authorize.Select(r => ("par/", r))))
        {
            foreach (var (what, change, expected) in row.Cases(whenOversized: path is "par/" && row.Wrong is Ok ? "invalid_request" : row.Wrong))
            {
                var good = path is "par/" ? flow.Request().ToDictionary(p => p.Key, p => p.Value!, StringComparer.Ordinal) : [];
                (good["client_id"], good["client_secret"]) = (flow.ClientId, flow.Secret);
                if (path is not "par/")
                    good["token"] = "x";
                (await OutcomeAsync(program, path, change(good))).ShouldBe(expected, $"{path} {what}");
            }
        }
    }

    [Fact]
    public async Task The_authorization_endpoint_tells_the_application_what_is_wrong()
    {
        var flow = await FlowAsync("errors-authorize");
        using var browser = await flow.SignedInAsync();
        Row[] own = [new("", "client_id", Page, Page), new("", "redirect_uri", Page, Page), new("", "request_uri", Ok, "request_uri_not_supported")];
        foreach (var row in own.Concat(Authorize))
        {
            var wrong = row.Wrong is Ok ? "invalid_request" : row.Wrong;
            foreach (var (what, change, expected) in row.Cases(wrong, wrong))
            {
                var query = change(flow.Request().ToDictionary(p => p.Key, p => p.Value!, StringComparer.Ordinal));
                using var response = await browser.GetAsync($"/application/o/authorize/{QueryString(query)}", Cancellation);
                // What decides where errors may go is told on a page, even when it is only repeated.
                var wanted = row.Wrong is Page ? Page : expected;
                Outcome(response).ShouldBe(wanted, what);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Signing_out_tells_on_a_page_what_is_wrong(bool byForm)
    {
        var flow = await FlowAsync($"errors-leave-{(byForm ? "form" : "query")}");
        using var browser = await flow.SignedInAsync();
        foreach (var path in new[] { $"/application/o/{flow.ClientId[..^"-client".Length]}/end-session/", "/application/o/end-session/" })
        {
            foreach (var row in SigningOut)
            {
                foreach (var (what, change, expected) in row.Cases(row.Wrong, whenZero: byForm ? Page : row.Wrong))
                {
                    var query = change(new Dictionary<string, string>(StringComparer.Ordinal) { ["client_id"] = flow.ClientId });
                    using var form = new FormUrlEncodedContent(query);
                    using var response = byForm ? await browser.PostAsync(path, form, Cancellation) : await browser.GetAsync($"{path}{QueryString(query)}", Cancellation);
                    // At the issuer that applications share, the request itself must name one.
                    var wanted = expected is Ok && (row.Name is not "client_id" || !path.EndsWith("/o/end-session/", StringComparison.Ordinal)) ? Ok : Page;
                    (response.Headers.Location is null && (int)response.StatusCode is 200 ? Ok : Outcome(response)).ShouldBe(wanted, $"{path} {what}");
                }
            }
        }
        (await flow.CodeAsync(browser)).ShouldNotBeEmpty("still signed in");
    }

    [Fact]
    public async Task A_code_typed_at_the_page_for_devices_is_told_to_be_wrong_there()
    {
        var flow = await FlowAsync("errors-device");
        using var browser = await flow.SignedInAsync();
        foreach (var code in Malformed.Append(Oversized).Append("a\0b"))
        {
            using var response = await browser.GetAsync($"/device{QueryString([KeyValuePair.Create("code", code)])}", Cancellation);
            ((int)response.StatusCode, response.Headers.Location?.OriginalString.StartsWith("/if/flow/", StringComparison.Ordinal)).ShouldBe((302, true), code);
            using var page = await browser.GetAsync(response.Headers.Location, Cancellation);
            ((int)page.StatusCode).ShouldBe(200, code);
        }
    }

    [Fact]
    public async Task Userinfo_tells_of_a_token_that_is_none_in_its_header()
    {
        using var program = server.Server.Program();
        foreach (var token in Malformed.Where(m => m.All(c => c is > ' ' and < '\u007f')).Append(Oversized))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/application/o/userinfo/");
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}").ShouldBeTrue();
            using var response = await program.SendAsync(request, Cancellation);
            ((int)response.StatusCode).ShouldBe(401, token);
            response.Headers.WwwAuthenticate.ToString().ShouldContain("error=\"invalid_token\"", Case.Sensitive, token);
        }
    }

    [Theory]
    [InlineData("a\0b:c")]
    [InlineData("a:c\0b")]
    [InlineData("\u0080\uFFFE:c")]
    public async Task A_secret_that_reads_as_a_name_and_a_password_which_nobody_has_is_wrong(string pair)
    {
        var flow = await FlowAsync($"errors-{Guid.NewGuid():N}"[..20]);
        using var program = server.Server.Program();

        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = flow.ClientId,
            ["client_secret"] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(pair)),
        };
        (await OutcomeAsync(program, "token/", form)).ShouldBe("invalid_client");
    }

    [Theory]
    [InlineData("token/")]
    [InlineData("introspect/")]
    [InlineData("revoke/")]
    [InlineData("device/")]
    [InlineData("par/")]
    public async Task What_is_no_form_or_too_large_is_a_bad_request(string path)
    {
        using var program = server.Server.Program();
        using var json = new StringContent("""{"grant_type": "client_credentials"}""", System.Text.Encoding.UTF8, "application/json");
        using var large = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", new string('x', 200_000))]);
        using var many = new FormUrlEncodedContent(Enumerable.Range(0, 5000).Select(i => KeyValuePair.Create($"p{i}", "x")));
        foreach (var content in new HttpContent[] { json, large, many })
        {
            using var response = await program.PostAsync($"/application/o/{path}", content, Cancellation);
            new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation)).Member("error").ShouldBe("\"invalid_request\"");
        }
    }

    async Task<Flow> FlowAsync(string name) => new(server, await server.AddApplicationAsync(name, more: new JsonObject
    {
        ["grant_types"] = new JsonArray("authorization_code", "refresh_token", "client_credentials", Device, Exchange),
        // The token at hand is kept from call to call.
        ["refresh_token_threshold"] = "days=1",
    }));

    static Dictionary<string, string> Good(Flow flow, string grant) => new(StringComparer.Ordinal)
    {
        ["grant_type"] = grant,
        ["client_id"] = flow.ClientId,
        ["client_secret"] = flow.Secret,
        ["code"] = "x",
        ["redirect_uri"] = Flow.RedirectUri,
        ["code_verifier"] = Flow.Verifier,
        ["subject_token"] = "x",
        ["subject_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
        ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    };

    static async Task<string> OutcomeAsync(HttpClient program, string path, IEnumerable<KeyValuePair<string, string>> form)
    {
        using var content = new FormUrlEncodedContent(form);
        using var response = await program.PostAsync($"/application/o/{path}", content, Cancellation);
        var answer = new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
        if ((int)response.StatusCode >= 500)
            return answer.Text;
        return response.IsSuccessStatusCode ? answer.Member("active") is "false" ? Inactive : Ok : answer.Json["error"]!.GetValue<string>();
    }

    static string Outcome(HttpResponseMessage response)
    {
        if (response.Headers.Location is not { } to)
            return (int)response.StatusCode is 400 ? Page : $"status {(int)response.StatusCode}";
        if (!to.OriginalString.StartsWith(Flow.RedirectUri, StringComparison.Ordinal))
            return $"to {to}";
        var answer = QueryHelpers.ParseQuery(to.Query);
        return answer.ContainsKey("code") ? Ok : answer["error"].ToString();
    }

    static string QueryString(IEnumerable<KeyValuePair<string, string>> query) => Microsoft.AspNetCore.Http.QueryString.Create(query.Select(q => KeyValuePair.Create(q.Key, (string?)q.Value))).Value!;

    /// <summary>What comes of a parameter that is left out or empty, and of one that is wrong.</summary>
    sealed record Row(string Grant, string Name, string Missing, string Wrong)
    {
        public IEnumerable<(string What, Func<Dictionary<string, string>, IEnumerable<KeyValuePair<string, string>>> Change, string Expected)> Cases(string whenOversized, string whenZero = "invalid_request")
        {
            yield return ($"{Grant} {Name} missing", good => good.Where(g => g.Key != Name), Missing);
            yield return ($"{Grant} {Name} empty", good => With(good, ""), Missing);
            yield return ($"{Grant} {Name} repeated", good => With(good, "x").Append(KeyValuePair.Create(Name, "y")), "invalid_request");
            yield return ($"{Grant} {Name} with a zero byte", good => With(good, "a\0b"), whenZero);
            yield return ($"{Grant} {Name} oversized", good => With(good, Oversized), whenOversized);
            foreach (var value in Malformed)
                yield return ($"{Grant} {Name}={value}", good => With(good, value), Wrong);
        }

        IEnumerable<KeyValuePair<string, string>> With(Dictionary<string, string> good, string value) => good.Where(g => g.Key != Name).Append(KeyValuePair.Create(Name, value));
    }
}
