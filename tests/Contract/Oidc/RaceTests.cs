using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Postern.Tests.Support;
using Postern.Tests.Support.Oidc;

namespace Postern.Tests.Contract.Oidc;

/// <summary>What may be used once is used once, however many ask at the same moment; and a second use takes back what the first one gave.</summary>
[Trait("Fault", "F7")]
public sealed class RaceTests(OidcServer server) : IClassFixture<OidcServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_a_hundred_redemptions_of_one_code_one_wins_and_its_tokens_are_taken_back()
    {
        var flow = new Flow(server, await server.AddApplicationAsync("race-code"));
        using var browser = await flow.SignedInAsync();
        using var program = server.Server.Program();
        var code = await flow.CodeAsync(browser);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => flow.RedeemAsync(program, code)));

        var winner = answers.Where(a => a.Status is HttpStatusCode.OK).ShouldHaveSingleItem();
        answers.Where(a => a != winner).ShouldAllBe(a => a.Member("error") == "\"invalid_grant\"");
        Figures.Tell("F7", "100 redemptions of one authorization code at once, 1 won");
        (await flow.UserinfoAsync(program, winner.Json["access_token"]!.GetValue<string>())).ShouldBe(HttpStatusCode.Unauthorized);
        (await flow.RefreshAsync(program, winner.Json["refresh_token"]!.GetValue<string>())).Member("error").ShouldBe("\"invalid_grant\"");
        (await server.Server.Database.ScalarAsync<long>("SELECT count(*) FROM event WHERE action = 'suspicious_request' AND context->'application'->>'name' = 'race-code'")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Of_a_hundred_uses_of_one_refresh_token_one_wins_and_the_family_is_revoked()
    {
        var flow = new Flow(server, await server.AddApplicationAsync("race-refresh"));
        using var browser = await flow.SignedInAsync();
        using var program = server.Server.Program();
        var first = (await flow.RedeemAsync(program, await flow.CodeAsync(browser))).Json;

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => flow.RefreshAsync(program, first["refresh_token"]!.GetValue<string>())));

        var winner = answers.Where(a => a.Status is HttpStatusCode.OK).ShouldHaveSingleItem();
        answers.Where(a => a != winner).ShouldAllBe(a => a.Member("error") == "\"invalid_grant\"");
        Figures.Tell("F7", "100 uses of one refresh token at once, 1 won, and its family was taken back");
        (await flow.RefreshAsync(program, winner.Json["refresh_token"]!.GetValue<string>())).Member("error").ShouldBe("\"invalid_grant\"");
        (await flow.UserinfoAsync(program, winner.Json["access_token"]!.GetValue<string>())).ShouldBe(HttpStatusCode.Unauthorized);
        (await flow.UserinfoAsync(program, first["access_token"]!.GetValue<string>())).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Of_a_hundred_redemptions_of_one_device_code_one_wins()
    {
        var flow = new Flow(server, await server.AddApplicationAsync("race-device"));
        using var program = server.Server.Program();
        var begun = (await flow.PostAsync(program, "/application/o/device/", ("scope", "openid"))).Json;
        await server.Server.Database.ExecuteAsync($"UPDATE oauth2_device_code SET user_pk = {server.Person.Pk}, auth_time = now() WHERE user_code = '{begun["user_code"]}'");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => flow.TokenAsync(
            program, ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", begun["device_code"]!.GetValue<string>()))));

        answers.Where(a => a.Status is HttpStatusCode.OK).ShouldHaveSingleItem();
        answers.Where(a => a.Status is not HttpStatusCode.OK).ShouldAllBe(a => a.Member("error") == "\"invalid_grant\"");
        Figures.Tell("F7", "100 redemptions of one device code at once, 1 won");
    }

    [Fact]
    public async Task Of_a_hundred_uses_of_one_pushed_request_one_wins()
    {
        var flow = new Flow(server, await server.AddApplicationAsync("race-pushed"));
        using var program = server.Server.Program();
        var pushed = await flow.PostAsync(program, "/application/o/par/", [("client_secret", flow.Secret), .. flow.Request().Select(p => (p.Key, p.Value!))]);
        pushed.Status.ShouldBe(HttpStatusCode.Created, pushed.ToString());
        var uri = QueryHelpers.AddQueryString("/application/o/authorize/", new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["client_id"] = flow.ClientId,
            ["request_uri"] = pushed.Json["request_uri"]!.GetValue<string>(),
        });
        var browsers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => flow.SignedInAsync()));

        var answers = await Task.WhenAll(browsers.Select(b => b.GetAsync(uri, Cancellation)));

        answers.Count(a => a.Headers.Location?.Query.Contains("code=", StringComparison.Ordinal) is true).ShouldBe(1);
        Figures.Tell("F7", "100 uses of one pushed request at once, 1 won");
        foreach (var browser in browsers)
            browser.Dispose();
    }
}
