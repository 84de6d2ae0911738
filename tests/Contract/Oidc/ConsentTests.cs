using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Postern.Tests.Support.Oidc;

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

    static async Task<string> ErrorAsync(HttpClient browser, string path)
    {
        using var response = await browser.GetAsync(path, Cancellation);
        return QueryHelpers.ParseQuery(response.Headers.Location!.Query)["error"].ToString();
    }
}
