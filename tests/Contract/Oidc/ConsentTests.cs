using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Postern.Tests.Support.Oidc;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Contract.Oidc;

/// <summary>What an application is given only when the person agreed.</summary>
public sealed class ConsentTests(OidcServer server) : IClassFixture<OidcServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_silent_request_is_not_answered_before_the_person_consented()
    {
        var flow = new Flow(server, await server.AddApplicationAsync("consent", "default-provider-authorization-explicit-consent"));
        using var browser = await flow.SignedInAsync();
        var query = flow.Request("openid email");
        query["prompt"] = "none";
        var silent = QueryHelpers.AddQueryString("/application/o/authorize/", query);
        (await ErrorAsync(browser, silent)).ShouldBe("consent_required");

        query.Remove("prompt");
        using var page = await browser.GetAsync(QueryHelpers.AddQueryString("/application/o/authorize/", query), Cancellation);
        page.Headers.Location!.OriginalString.ShouldBe("/if/flow/default-provider-authorization-explicit-consent/");
        const string executor = "/api/v3/flows/executor/default-provider-authorization-explicit-consent/?query=";
        var challenge = JsonNode.Parse(await browser.GetStringAsync(executor, Cancellation))!;
        challenge["component"]!.GetValue<string>().ShouldBe("ak-stage-consent");
        challenge["permissions"]!.AsArray().Select(p => p!["id"]!.GetValue<string>()).ShouldBe(["email", "openid"]);
        (await ErrorAsync(browser, silent)).ShouldBe("consent_required", "being asked is not yet an answer");
    }

    [Fact]
    public async Task What_an_administrator_deletes_counts_no_more()
    {
        const string slug = "default-provider-authorization-explicit-consent";
        var flow = new Flow(server, await server.AddApplicationAsync("withdrawn", slug));
        using var browser = server.Server.PageScript();
        await browser.GetAsync($"/test/in?user={server.Person.Pk}", Cancellation);
        using var program = server.Server.Program();
        var ask = QueryHelpers.AddQueryString("/application/o/authorize/", flow.Request());
        using (var first = await browser.GetAsync(ask, Cancellation))
            first.Headers.Location!.OriginalString.ShouldBe($"/if/flow/{slug}/");
        var challenge = JsonNode.Parse(await browser.GetStringAsync($"/api/v3/flows/executor/{slug}/?query=", Cancellation))!;
        var agreed = await browser.PostApiAsync($"flows/executor/{slug}/?query=", $$"""{"token":"{{challenge["token"]}}"}""");
        var code = QueryHelpers.ParseQuery(new Uri(agreed.Json["to"]!.ToString()).Query)["code"].ToString();
        var tokens = await flow.RedeemAsync(program, code);
        (await server.Server.Database.ScalarAsync<long>("SELECT count(*) FROM event WHERE action = 'authorize_application' AND context->'authorized_application'->>'name' = 'withdrawn'")).ShouldBe(1);
        await flow.CodeAsync(browser);

        await DeleteAllAsync($"core/user_consent/?user={server.Person.Pk}", "core/user_consent/");
        using (var again = await browser.GetAsync(ask, Cancellation))
            again.Headers.Location!.OriginalString.ShouldBe($"/if/flow/{slug}/", "the person is asked once more");
        await DeleteAllAsync($"oauth2/refresh_tokens/?user={server.Person.Pk}", "oauth2/refresh_tokens/");
        (await flow.RefreshAsync(program, tokens.Json["refresh_token"]!.ToString())).Member("error").ShouldBe("\"invalid_grant\"");
    }

    async Task DeleteAllAsync(string list, string path)
    {
        var found = (await server.Admin.GetApiAsync(list)).Each("pk");
        found.ShouldNotBeEmpty();
        foreach (var pk in found)
            (await server.Admin.CallAsync("DELETE", $"{path}{pk}/")).Status.ShouldBe(System.Net.HttpStatusCode.NoContent);
    }

    static async Task<string> ErrorAsync(HttpClient browser, string path)
    {
        using var response = await browser.GetAsync(path, Cancellation);
        return QueryHelpers.ParseQuery(response.Headers.Location!.Query)["error"].ToString();
    }
}
